using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Onnx.Networks;

/// <summary>The inputs of a network side by side: tokens as vectors, numbers normalized.</summary>
internal static class InputNodes
{
    /// <summary>Adds the input of a graph that holds a field.</summary>
    /// <returns>
    /// The name of the input: numbers [batch, time, features], tokens [batch, time], or characters [batch, time, characters]; of a static
    /// field [batch, features] or [batch, 1].
    /// </returns>
    public static string AddInput(GraphBuilder graph, string name, InputField field) => field switch
    {
        { Characters: > 0 } => graph.AddInput(name, OnnxType.UInt32, "batch", "time", field.Characters),
        { HasTokens: true } => graph.AddInput(name, OnnxType.UInt32, "batch", field.IsStatic ? 1 : "time"),
        { IsStatic: true } => graph.AddInput(name, OnnxType.Single, "batch", field.Size),
        _ => graph.AddInput(name, OnnxType.Single, "batch", "time", field.Size),
    };

    /// <summary>Adds the features of all steps [batch, time, features].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="inputs">The values of its fields.</param>
    public static string Add(GraphBuilder graph, TrainedNetwork network, WeightReader weights, IReadOnlyList<string> inputs)
    {
        IReadOnlyList<InputField> fields = network.Definition.InputFields;
        var parts = new string[fields.Count];
        for (int i = 0, firstNumber = 0; i < parts.Length; i++)
        {
            InputField field = fields[i];
            if (field.Encoding == CharacterEncoding.Lstm)
            {
                parts[i] = CharacterLstmNodes.Add(graph, weights, WeightNames.FormatInput(i, fields.Count), inputs[i], field);
            }
            else if (field.Characters > 0)
            {
                string NameOf(string table) => WeightNames.FormatEmbedding(i, fields.Count, table);
                parts[i] = CharacterNodes.Add(graph, weights, NameOf, inputs[i], field);
            }
            else if (field.HasTokens)
            {
                parts[i] = Embed(graph, weights, WeightNames.FormatEmbedding(i, fields.Count), inputs[i], field);
            }
            else
            {
                string numbers = Normalize(graph, network.Normalization, inputs[i], firstNumber, field.Size);
                parts[i] = field.IsStatic ? graph.Unsqueeze(numbers, 1) : numbers;
                firstNumber += field.Size;
            }
            if (field.IsStatic)
                parts[i] = Repeat(graph, parts[i], Shapes.AddDimension(graph, parts[0], 1));
        }
        return parts.Length == 1 ? parts[0] : graph.Concat(2, parts);
    }

    private static string Embed(GraphBuilder graph, WeightReader weights, string name, string keys, InputField field)
    {
        string table = graph.AddNamedWeights(name, weights.Read(name), field.Tokens, field.Size);
        return graph.Add("Gather", [table, graph.Cast(keys, OnnxType.Int64)], GraphBuilder.CreateInteger("axis", 0));
    }

    private static string Normalize(GraphBuilder graph, FeatureNormalization normalization, string x, int first, int count)
    {
        float[] mean = normalization.Mean[first..(first + count)], scale = normalization.Scale[first..(first + count)];
        if (Array.TrueForAll(mean, value => value == 0) && Array.TrueForAll(scale, value => value == 1))
            return x;
        string centered = graph.Add("Sub", [x, graph.AddWeights("mean", mean, mean.Length)]);
        string scaled = graph.Add("Mul", [centered, graph.AddWeights("scale", scale, scale.Length)]);
        return graph.Add("Clip", [scaled, graph.AddConstant(-normalization.Largest), graph.AddConstant(normalization.Largest)]);
    }

    /// <summary>Repeats a value [batch, 1, features] at every step.</summary>
    private static string Repeat(GraphBuilder graph, string value, string time) =>
        graph.Add("Expand", [value, Shapes.Add(graph, graph.AddIntegers(1), time, graph.AddIntegers(1))]);
}
