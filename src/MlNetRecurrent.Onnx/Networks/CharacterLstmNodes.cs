using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Onnx.Layers;

namespace MlNetRecurrent.Onnx.Networks;

/// <summary>The vectors of the characters of steps: the final states of an LSTM in each direction.</summary>
internal static class CharacterLstmNodes
{
    /// <summary>Finds the LSTM of each field that has one, with the beginning of the names of its weights.</summary>
    public static IEnumerable<(string Name, LayerDefinition Layer)> FindLayers(NetworkDefinition network)
    {
        IReadOnlyList<InputField> fields = network.InputFields;
        return fields.Index().Where(field => field.Item.Encoding == CharacterEncoding.Lstm)
            .Select(field => (WeightNames.FormatInput(field.Index, fields.Count), Define(field.Item)));
    }

    /// <summary>Adds the vectors [batch, time, Size].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="weights">The weights of the network.</param>
    /// <param name="name">The beginning of the names of the weights of the field.</param>
    /// <param name="input">The characters [batch, time, characters]; zeros at the end are none.</param>
    /// <param name="field">The field.</param>
    public static string Add(GraphBuilder graph, WeightReader weights, string name, string input, InputField field)
    {
        LayerDefinition layer = Define(field);
        // All words of all steps are the batch of the LSTM. A step more in each sequence keeps it from being empty.
        string padded = graph.Add("Pad", [graph.Cast(input, OnnxType.Int64), graph.AddIntegers(0, 0, 0, 0, 1, 0)]);
        string characters = graph.Reshape(padded, -1, field.Characters);
        string lengths = graph.Reshape(CharacterNodes.AddLengths(graph, padded, field), -1);
        string table = $"{name}.weight";
        string rows = graph.AddNamedWeights(table, weights.Read(table), field.Tokens, layer.Size);
        string steps = graph.Add("Gather", [rows, graph.Transpose(characters, 1, 0)], GraphBuilder.CreateInteger("axis", 0));
        string counts = graph.Cast(lengths, OnnxType.Int32);
        var words = new SequenceValue(steps, layer.Size, LengthNodes.AddAtLeastOne(graph, counts));
        string last = LayerFormats.Find(layer.GetType()).Export(graph, layer, name, weights, words).Last;
        string isEmpty = graph.Unsqueeze(graph.Add("Less", [counts, graph.AddInt32s("one", 1)]), 1);
        string vectors = graph.Add("Where", [isEmpty, graph.AddConstant(0), last]);
        string shape = Shapes.Add(
            graph, Shapes.AddDimension(graph, padded, 0), Shapes.AddDimension(graph, padded, 1), graph.AddIntegers(field.Size));
        string time = Shapes.AddDimension(graph, input, 1);
        return graph.Add("Slice", [graph.Add("Reshape", [vectors, shape]), graph.AddIntegers(0), time, graph.AddIntegers(1)]);
    }

    private static LayerDefinition Define(InputField field) => new LstmDefinition(field.Size / 2) { Bidirectional = true };
}
