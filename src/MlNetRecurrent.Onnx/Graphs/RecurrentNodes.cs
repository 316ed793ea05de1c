using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>A recurrent layer as ONNX's LSTM, GRU or RNN.</summary>
internal static class RecurrentNodes
{
    public static SequenceValue Add(GraphBuilder graph, LayerDefinition layer, string name, WeightReader weights, SequenceValue x)
    {
        string[] directions = layer.Bidirectional ? [$"{name}.forward.", $"{name}.backward."] : [$"{name}."];
        int units = layer.Size, width = directions.Length * units;
        (string operation, int gates, AttributeProto[] attributes, Func<string, float[]> w, Func<string, float[]> r, Func<string, float[]> b) = Describe(layer, weights, directions.Length);
        string[] outputs = graph.AddMany(
            operation,
            [
                x.Steps,
                graph.Named($"{name}.W", [.. directions.SelectMany(w)], directions.Length, gates * units, x.Features),
                graph.Named($"{name}.R", [.. directions.SelectMany(r)], directions.Length, gates * units, units),
                graph.Named($"{name}.B", [.. directions.SelectMany(b)], directions.Length, 2 * gates * units),
                x.Lengths,
            ],
            2, [GraphBuilder.Integer("hidden_size", units), .. layer.Bidirectional ? [GraphBuilder.Text("direction", "bidirectional")] : Array.Empty<AttributeProto>(), .. attributes]);
        string steps = graph.Add("Reshape", [graph.Add("Transpose", [outputs[0]], GraphBuilder.Integers("perm", 0, 2, 1, 3)), graph.Integers(0, 0, width)]);
        string last = graph.Add("Reshape", [graph.Add("Transpose", [outputs[1]], GraphBuilder.Integers("perm", 1, 0, 2)), graph.Integers(0, width)]);
        return x with { Steps = steps, Features = width, Last = last };
    }

    /// <summary>The operator, and its weights of a direction: of the input, of the state, and the biases of both. ONNX's gates are i, o, f, c (LSTM) and z, r, h (GRU); ours are i, f, g, o and r, z, n.</summary>
    private static (string Operation, int Gates, AttributeProto[] Attributes, Func<string, float[]> W, Func<string, float[]> R, Func<string, float[]> B) Describe(LayerDefinition layer, WeightReader weights, int directions)
    {
        int units = layer.Size;
        float[] none = new float[units];
        switch (layer)
        {
            case LstmDefinition:
                int[] order = [0, 3, 1, 2];
                return (
                    "LSTM", 4, [], of => weights.Gates(of + "weight_ih", units, order), of => weights.Gates(of + "weight_hh", units, order),
                    of => [.. weights.Gates(of + "bias", units, order), .. new float[4 * units]]);
            case GruDefinition:
                return (
                    "GRU", 3, [GraphBuilder.Integer("linear_before_reset", 1)], of => Gru(of, "weight_ih"), of => Gru(of, "weight_hh"),
                    of => [.. weights.Gates(of + "bias_rz", units, 1, 0), .. weights.Of(of + "bias_ih_n"), .. none, .. none, .. weights.Of(of + "bias_hh_n")]);
            case GruResetBeforeDefinition:
                return (
                    "GRU", 3, [GraphBuilder.Integer("linear_before_reset", 0)], of => Gru(of, "weight_ih"), of => Gru(of, "weight_hh"),
                    of => [.. weights.Gates(of + "bias_rz", units, 1, 0), .. weights.Of(of + "bias_n"), .. none, .. none, .. none]);
            case ElmanDefinition or ElmanRectifierDefinition:
                AttributeProto activations = GraphBuilder.Texts("activations", Enumerable.Repeat(layer is ElmanDefinition ? "Tanh" : "Relu", directions));
                return ("RNN", 1, [activations], of => weights.Of(of + "weight_ih"), of => weights.Of(of + "weight_hh"), of => [.. weights.Of(of + "bias"), .. none]);
            default:
                throw new ArgumentOutOfRangeException(nameof(layer), layer.Kind, "There is no operator for this cell.");
        }

        float[] Gru(string of, string name) => [.. weights.Gates($"{of}{name}_rz", units, 1, 0), .. weights.Of($"{of}{name}_n")];
    }
}
