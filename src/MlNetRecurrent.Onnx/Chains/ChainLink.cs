using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Maps;
using MlNetRecurrent.Sequences.Resampling;

namespace MlNetRecurrent.Onnx.Chains;

/// <summary>A transformer of a chain, with the schemas before and after it.</summary>
internal sealed record ChainLink(ITransformer Transformer, DataViewSchema Input, DataViewSchema Output)
{
    /// <summary>Lists all transformers of a model in their order.</summary>
    public static List<ChainLink> List(ITransformer model, DataViewSchema input)
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

    /// <summary>Whether its rows are not those of its input, so that it passes no column on.</summary>
    public bool MakesOtherRows => Transformer is GroupingTransformer or ResampleTransformer;

    /// <summary>Whether it makes a column with this name, a new one or one that hides an earlier one.</summary>
    public bool Makes(string name)
    {
        int count = Output.Count(column => column.Name == name);
        return MakesOtherRows ? count > 0 : count > Input.Count(column => column.Name == name);
    }

    /// <summary>Finds the input column from which an output column is made.</summary>
    public string FindSource(string name) => ColumnPairs.Read(Transformer).First(pair => pair.Output == name).Input;

    /// <summary>Transforms one step, or the value of a row.</summary>
    /// <param name="name">The output column.</param>
    /// <param name="step">The features of the step in the input column, or the value.</param>
    /// <exception cref="NotSupportedException">The result depends on the position of the step.</exception>
    public float[] TransformStep(string name, float[] step)
    {
        string source = FindSource(name);
        if (Input[source].Type is not VectorDataViewType type)
            return [Transform(source, new NumberRow { Number = step[0] }).GetColumn<float>(name).Single()];
        // In a vector of known size, each place can have a value of its own.
        int steps = type.IsKnownSize ? type.Size / step.Length : 1;
        var row = new NumbersRow { Numbers = [.. Enumerable.Repeat(step, steps).SelectMany(numbers => numbers)] };
        float[] transformed = Transform(source, row).GetColumn<float[]>(name).Single();
        float[] first = transformed[..step.Length];
        return transformed.Chunk(step.Length).All(other => other.SequenceEqual(first))
            ? first
            : throw Refuse($"column '{name}', whose replacements differ from step to step");
    }

    /// <summary>Creates the exception for a transformer that has no equivalent in ONNX.</summary>
    public NotSupportedException Refuse(string part) => new(
        $"{(Transformer is RowMapTransformer { Map: var map } ? map.GetType().Name : Transformer.GetType().Name)} " +
        $"cannot be expressed in ONNX by this library: {part}. " +
        "Save the network alone, with SaveAsOnnx of the RecurrentTransformer in the chain, and leave what comes before and after it to " +
        "ML.NET: ApplyRecurrentOnnx stands in its place in a pipeline.");

    /// <summary>Transforms a row whose only column is the source.</summary>
    private IDataView Transform<T>(string source, T row)
        where T : class
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(T));
        schema[0].ColumnName = source;
        schema[0].ColumnType = Input[source].Type;
        return Transformer.Transform(new MLContext().Data.LoadFromEnumerable([row], schema));
    }

    private sealed class NumberRow
    {
        public float Number { get; set; }
    }

    private sealed class NumbersRow
    {
        public float[] Numbers { get; set; } = [];
    }
}
