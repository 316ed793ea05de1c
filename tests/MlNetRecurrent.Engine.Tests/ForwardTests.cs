using Google.Protobuf;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Layers;
using MlNetRecurrent.Engine.Tests.Onnx;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class ForwardTests
{
    public static TheoryData<string, int, int, int[]> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, int, int[]>();
            foreach (CellKind cell in Enum.GetValues<CellKind>())
            {
                cases.Add(cell.ToString(), 12, 64, [29, 17, 17, 8, 7, 1]);
                cases.Add(cell.ToString(), 1, 1, [5]);
                cases.Add(cell.ToString(), 3, 17, [9, 9, 9, 4, 4, 3, 2, 2, 1, 1, 1]);
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void States_equal_OnnxRuntimes_on_sequences_of_differing_lengths_at_every_width(string cell, int features, int units, int[] lengths)
    {
        AssertEqualsOnnxRuntime<ScalarLane>(Enum.Parse<CellKind>(cell), features, units, lengths);
        AssertEqualsOnnxRuntime<Lanes128>(Enum.Parse<CellKind>(cell), features, units, lengths);
        AssertEqualsOnnxRuntime<Lanes256>(Enum.Parse<CellKind>(cell), features, units, lengths);
        AssertEqualsOnnxRuntime<Lanes512>(Enum.Parse<CellKind>(cell), features, units, lengths);
    }

    private static void AssertEqualsOnnxRuntime<L>(CellKind cell, int features, int units, int[] lengths)
        where L : unmanaged, IFloatLanes<L>
    {
        var network = NetworkOf<L>(cell, features, units, seed: 3);
        var random = new Random(4);
        int steps = lengths[0], batch = lengths.Length;
        float[] x = [.. Enumerable.Range(0, steps * batch * features).Select(_ => (float)(2 * random.NextDouble() - 1))];
        network.Prepare(lengths, training: false);
        for (int t = 0; t < steps; t++)
        {
            for (int sequence = 0; sequence < network.Shape.Active[t]; sequence++)
                x.AsSpan((t * batch + sequence) * features, features).CopyTo(new Span<float>(network.Features + network.Shape.Row(t, sequence) * features, features));
        }
        network.Forward(0, batch);

        (float[] expected, float[] last) = OnnxOf(network, cell, features, units, lengths, x);

        RecurrentLayer<L, float> layer = network.Layers[0];
        for (int sequence = 0; sequence < batch; sequence++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                for (int t = 0; t < lengths[sequence]; t++)
                    AssertNear(expected[(t * batch + sequence) * units + unit], layer.States.Row(network.Shape.StateRow(t + 1, sequence))[unit]);
                AssertNear(last[sequence * units + unit], layer.States.Row(network.Shape.LastStateRow(sequence))[unit]);
            }
        }
    }

    /// <summary>Within 1e-5, or as much of the value where that is above 1, as it can be with the rectifier.</summary>
    private static void AssertNear(float expected, float actual) => Assert.Equal(expected, actual, 1e-5f * Math.Max(1, Math.Abs(expected)));

    /// <summary>The same network as an ONNX operator, whose gates are i, o, f, g (LSTM) or z, r, n (GRU).</summary>
    private static (float[] Steps, float[] Last) OnnxOf<L>(Network<L, float> network, CellKind cell, int features, int units, int[] lengths, float[] x)
        where L : unmanaged, IFloatLanes<L>
    {
        float[] Of(string name, params int[] gates) => Tensor(network, "layers.0." + name, units, gates);
        float[] none = new float[units];
        switch (cell)
        {
            case CellKind.Lstm:
                return OnnxRecurrent.Run("LSTM", [], units, features, lengths, x, Of("weight_ih", 0, 3, 1, 2), Of("weight_hh", 0, 3, 1, 2), [.. Of("bias", 0, 3, 1, 2), .. new float[4 * units]]);
            case CellKind.Gru or CellKind.GruResetBefore:
                bool after = cell == CellKind.Gru;
                return OnnxRecurrent.Run(
                    "GRU", [new AttributeProto { Name = "linear_before_reset", I = after ? 1 : 0, Type = 2 }], units, features, lengths, x,
                    [.. Of("weight_ih_rz", 1, 0), .. Of("weight_ih_n", 0)], [.. Of("weight_hh_rz", 1, 0), .. Of("weight_hh_n", 0)],
                    [.. Of("bias_rz", 1, 0), .. Of(after ? "bias_ih_n" : "bias_n", 0), .. none, .. none, .. after ? Of("bias_hh_n", 0) : none]);
            default:
                var activations = new AttributeProto { Name = "activations", Type = 8, Strings = { ByteString.CopyFromUtf8(cell == CellKind.Elman ? "Tanh" : "Relu") } };
                return OnnxRecurrent.Run("RNN", [activations], units, features, lengths, x, Of("weight_ih", 0), Of("weight_hh", 0), [.. Of("bias", 0), .. none]);
        }
    }

    [Fact]
    public void An_empty_sequence_gives_the_head_the_zero_state()
    {
        var network = NetworkOf<ScalarLane>(CellKind.Lstm, features: 2, units: 5, seed: 1);
        network.Prepare([0, 0], training: false);
        network.Forward(0, network.Shape.Count);
        float[] bias = Tensor(network, "head.bias", units: 3, 0);
        for (int output = 0; output < bias.Length; output++)
            Assert.Equal(bias[output], network.Outputs[1, output]);
    }

    private static Network<L, float> NetworkOf<L>(CellKind cell, int features, int units, int seed)
        where L : unmanaged, IFloatLanes<L>
    {
        var network = new Network<L, float>(new NetworkDefinition { Features = features, Layers = [new(cell, units)], Outputs = 3 });
        network.Bind(network.Initialize(seed), training: false);
        var random = new Random(seed);
        foreach (ParameterTensor tensor in network.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
                network.Parameters.Values.Pointer[tensor.Position(i / tensor.Columns, i % tensor.Columns)] += (float)((random.NextDouble() - 0.5) * 4 / (8 + units));
        }
        return network;
    }

    /// <summary>The rows of some gates of a tensor, in the order given.</summary>
    private static float[] Tensor<L>(Network<L, float> network, string name, int units, params IEnumerable<int> gates)
        where L : unmanaged, IFloatLanes<L>
    {
        ParameterTensor tensor = network.Tensors.Single(tensor => tensor.Name == name);
        IEnumerable<int> rows = gates.SelectMany(gate => Enumerable.Range(gate * units, units));
        return [.. rows.SelectMany(row => Enumerable.Range(0, tensor.Columns).Select(column => network.Parameters.Values.Pointer[tensor.Position(row, column)]))];
    }
}
