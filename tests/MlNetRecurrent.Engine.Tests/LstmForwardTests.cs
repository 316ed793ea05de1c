using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Layers;
using MlNetRecurrent.Engine.Tests.Onnx;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class LstmForwardTests
{
    /// <summary>Where ONNX's gates i, o, f, g stand among ours, i, f, g, o.</summary>
    private static readonly int[] _onnxGates = [0, 3, 1, 2];

    [Theory]
    [InlineData(12, 64, new[] { 29, 17, 17, 8, 7, 1 })]
    [InlineData(1, 1, new[] { 5 })]
    [InlineData(3, 17, new[] { 9, 9, 9, 4, 4, 3, 2, 2, 1, 1, 1 })]
    public void States_equal_OnnxRuntimes_on_sequences_of_differing_lengths(int features, int units, int[] lengths)
    {
        var network = NetworkOf<Lanes256>(features, units, seed: 3);
        var random = new Random(4);
        int steps = lengths[0], batch = lengths.Length;
        float[] x = [.. Enumerable.Range(0, steps * batch * features).Select(_ => (float)(2 * random.NextDouble() - 1))];
        network.Prepare(lengths, training: false);
        for (int t = 0; t < steps; t++)
        {
            for (int sequence = 0; sequence < network.Shape.Active[t]; sequence++)
                x.AsSpan((t * batch + sequence) * features, features).CopyTo(new Span<float>(network.Features + network.Shape.Row(t, sequence) * features, features));
        }
        network.Forward(0, network.Shape.Count);

        (float[] expected, float[] last) = OnnxLstm.Run(units, features, lengths, x, Tensor(network, "layers.0.weight_ih"), Tensor(network, "layers.0.weight_hh"), Tensor(network, "layers.0.bias"));

        RecurrentLayer<Lanes256, float> layer = network.Layers[0];
        for (int sequence = 0; sequence < batch; sequence++)
        {
            for (int unit = 0; unit < units; unit++)
            {
                for (int t = 0; t < lengths[sequence]; t++)
                    Assert.Equal(expected[(t * batch + sequence) * units + unit], layer.States.Row(network.Shape.StateRow(t + 1, sequence))[unit], 1e-5f);
                Assert.Equal(last[sequence * units + unit], layer.States.Row(network.Shape.LastStateRow(sequence))[unit], 1e-5f);
            }
        }
    }

    [Fact]
    public void An_empty_sequence_gives_the_head_the_zero_state()
    {
        var network = NetworkOf<ScalarLane>(features: 2, units: 5, seed: 1);
        network.Prepare([0, 0], training: false);
        network.Forward(0, network.Shape.Count);
        float[] bias = Tensor(network, "head.bias");
        for (int output = 0; output < bias.Length; output++)
            Assert.Equal(bias[output], network.Outputs[1, output]);
    }

    private static Network<L, float> NetworkOf<L>(int features, int units, int seed)
        where L : unmanaged, IFloatLanes<L>
    {
        var network = new Network<L, float>(new NetworkDefinition { Features = features, Layers = [new(CellKind.Lstm, units)], Outputs = 3 });
        network.Bind(network.Initialize(seed), training: false);
        var random = new Random(seed);
        foreach (ParameterTensor tensor in network.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
                network.Parameters.Values.Pointer[tensor.Position(i / tensor.Columns, i % tensor.Columns)] += (float)(random.NextDouble() - 0.5) * 0.5f;
        }
        return network;
    }

    /// <summary>The elements of a tensor, gates in ONNX's order where it has gates.</summary>
    private static float[] Tensor<L>(Network<L, float> network, string name)
        where L : unmanaged, IFloatLanes<L>
    {
        ParameterTensor tensor = network.Tensors.Single(tensor => tensor.Name == name);
        int units = tensor.Rows / 4;
        IEnumerable<int> rows = name.StartsWith("layers", StringComparison.Ordinal)
            ? _onnxGates.SelectMany(gate => Enumerable.Range(gate * units, units))
            : Enumerable.Range(0, tensor.Rows);
        return [.. rows.SelectMany(row => Enumerable.Range(0, tensor.Columns).Select(column => network.Parameters.Values.Pointer[tensor.Position(row, column)]))];
    }
}
