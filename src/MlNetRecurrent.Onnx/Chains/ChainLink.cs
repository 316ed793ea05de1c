using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences.Maps;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>A transformer of a chain, between the schema before it and the one after it.</summary>
internal sealed record ChainLink(ITransformer Transformer, DataViewSchema Input, DataViewSchema Output)
{
    /// <summary>All transformers of a model, one after the other.</summary>
    public static List<ChainLink> Of(ITransformer model, DataViewSchema input)
    {
        var links = new List<ChainLink>();
        Add(model);
        return links;

        void Add(ITransformer transformer)
        {
            if (transformer is IEnumerable<ITransformer> chain)
            {
                foreach (ITransformer member in chain)
                    Add(member);
                return;
            }
            DataViewSchema output = transformer.GetOutputSchema(input);
            links.Add(new(transformer, input, output));
            input = output;
        }
    }

    /// <summary>Whether it makes a column of a name: one that was not there before, or another of the same name.</summary>
    public bool Makes(string name) => Output.Count(column => column.Name == name) > Input.Count(column => column.Name == name);

    /// <summary>The column that it makes a column of.</summary>
    public string SourceOf(string name) => ColumnPairs.Of(Transformer).First(pair => pair.Output == name).Input;

    /// <summary>What it makes of some numbers.</summary>
    public float[] Answer(string name, IEnumerable<float> numbers)
    {
        string source = SourceOf(name);
        float[] asked = [.. numbers];
        var type = (VectorDataViewType)Input[source].Type;
        // A vector of known size may have a value for each place; of that, all of a step must be the same for every step.
        int steps = type.IsKnownSize ? type.Size / asked.Length : 1;
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Question));
        schema[0].ColumnName = source;
        schema[0].ColumnType = type;
        var ml = new MLContext();
        IDataView question = ml.Data.LoadFromEnumerable([new Question { Numbers = [.. Enumerable.Repeat(asked, steps).SelectMany(step => step)] }], schema);
        float[] answer = Transformer.Transform(question).GetColumn<float[]>(name).Single();
        if (answer.Chunk(asked.Length).Any(step => !step.SequenceEqual(answer.Take(asked.Length))))
            throw CannotBeExpressed($"column '{name}', whose replacements differ from step to step");
        return answer[..asked.Length];
    }

    public NotSupportedException CannotBeExpressed(string what) => new(
        $"{(Transformer is RowMapTransformer { Map: var map } ? map.GetType().Name : Transformer.GetType().Name)} cannot be expressed in ONNX by this library: {what}. " +
        "Save the network alone, with SaveAsOnnx of the RecurrentTransformer in the chain, and leave what comes before and after it to ML.NET: ApplyRecurrentOnnx stands in its place in a pipeline.");

    private sealed class Question
    {
        public float[] Numbers { get; set; } = [];
    }
}
