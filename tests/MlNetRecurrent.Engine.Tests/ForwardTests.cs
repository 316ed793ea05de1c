using Google.Protobuf;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;
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
            foreach (CellKind cell in Enum.GetValues<CellKind>().Where(cell => cell != CellKind.Stack))
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
    public void States_equal_OnnxRuntimes_on_sequences_of_differing_lengths_at_every_width(
        string cell, int features, int units, int[] lengths)
    {
        AssertEqualsOnnxRuntime<ScalarLane>([Cells.Define(Enum.Parse<CellKind>(cell), units)], features, lengths);
        AssertEqualsOnnxRuntime<Lanes128>([Cells.Define(Enum.Parse<CellKind>(cell), units)], features, lengths);
        AssertEqualsOnnxRuntime<Lanes256>([Cells.Define(Enum.Parse<CellKind>(cell), units)], features, lengths);
        AssertEqualsOnnxRuntime<Lanes512>([Cells.Define(Enum.Parse<CellKind>(cell), units)], features, lengths);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Outputs_in_both_directions_equal_OnnxRuntimes(string cell, int features, int units, int[] lengths) =>
        AssertEqualsOnnxRuntime<Lanes256>(
            [Cells.Define(Enum.Parse<CellKind>(cell), units) with { Bidirectional = true }], features, lengths);

    [Fact]
    public void Outputs_of_stacked_layers_of_all_kinds_equal_those_of_stacked_operators_of_OnnxRuntime() =>
        AssertEqualsOnnxRuntime<Lanes256>(
            [
                new LstmDefinition(12) { Bidirectional = true }, new GruDefinition(10) { Bidirectional = true },
                new ElmanDefinition(17), new GruResetBeforeDefinition(7),
                new ElmanRectifierDefinition(9) { Bidirectional = true }, new LstmDefinition(20),
            ],
            features: 3, [29, 17, 17, 8, 7, 1]);

    private static void AssertEqualsOnnxRuntime<L>(LayerDefinition[] layers, int features, int[] lengths)
        where L : unmanaged, IFloatLanes<L>
    {
        Network<L, float> network = NetworkOf<L>(layers, features, seed: 3);
        var random = new Random(4);
        int steps = lengths[0], batch = lengths.Length;
        float[] x = [.. Enumerable.Range(0, steps * batch * features).Select(_ => (float)(2 * random.NextDouble() - 1))];
        network.Prepare(lengths, training: false);
        for (int t = 0; t < steps; t++)
        {
            for (int sequence = 0; sequence < network.Shape.Active[t]; sequence++)
                x.AsSpan((t * batch + sequence) * features, features)
                    .CopyTo(new Span<float>(network.Features + network.Shape.Row(t, sequence) * features, features));
        }
        network.Forward(0, batch);

        for (int i = 0; i < layers.Length; i++)
        {
            (float[] expected, float[] last) = OnnxOf(network, i, features, lengths, x);
            AssertOutputs(network, i, lengths, expected, last);
            (x, features) = (NextInput(expected, layers[i], steps, batch), network.Layers[i].Size);
        }
    }

    /// <summary>From [steps, directions, batch, units] to [steps, batch, directions · units].</summary>
    private static float[] NextInput(float[] y, LayerDefinition layer, int steps, int batch)
    {
        int units = layer.Size, directions = layer.Bidirectional ? 2 : 1, width = directions * units;
        int Position(int i) =>
            ((i / width / batch * directions + i % width / units) * batch + i / width % batch) * units + i % units;
        return [.. Enumerable.Range(0, steps * batch * width).Select(i => y[Position(i)])];
    }

    private static void AssertOutputs<L>(Network<L, float> network, int index, int[] lengths, float[] expected, float[] last)
        where L : unmanaged, IFloatLanes<L>
    {
        LayerDefinition definition = network.Definition.Layers[index];
        int batch = lengths.Length, units = definition.Size, directions = definition.Bidirectional ? 2 : 1;
        Module<L, float> layer = network.Layers[index];
        var ends = new float[layer.PaddedSize];
        for (int sequence = 0; sequence < batch; sequence++)
        {
            fixed (float* end = ends)
                layer.CopyLast(sequence, end);
            for (int i = 0; i < directions * units; i++)
            {
                (int direction, int unit) = Math.DivRem(i, units);
                for (int t = 0; t < lengths[sequence]; t++)
                    AssertNear(
                        expected[((t * directions + direction) * batch + sequence) * units + unit],
                        layer.Outputs.Row(network.Shape.Row(t, sequence))[i]);
                AssertNear(last[(direction * batch + sequence) * units + unit], ends[i]);
            }
        }
    }

    /// <summary>Within 1e-5, or as much of the value where that is above 1, as it can be with the rectifier.</summary>
    private static void AssertNear(float expected, float actual) => Assert.Equal(expected, actual, 1e-5f * Math.Max(1, Math.Abs(expected)));

    /// <summary>One of the layers as an ONNX operator, whose gates are i, o, f, g (LSTM) or z, r, n (GRU).</summary>
    private static (float[] Steps, float[] Last) OnnxOf<L>(Network<L, float> network, int index, int features, int[] lengths, float[] x)
        where L : unmanaged, IFloatLanes<L>
    {
        LayerDefinition definition = network.Definition.Layers[index];
        int units = definition.Size;
        string[] directions = definition.Bidirectional ? [$"layers.{index}.forward.", $"layers.{index}.backward."] : [$"layers.{index}."];
        float[] none = new float[units];
        switch (definition)
        {
            case LstmDefinition:
                return Run(
                    "LSTM", [],
                    of => of("weight_ih", [0, 3, 1, 2]),
                    of => of("weight_hh", [0, 3, 1, 2]),
                    of => [.. of("bias", [0, 3, 1, 2]), .. new float[4 * units]]);
            case GruDefinition or GruResetBeforeDefinition:
                bool after = definition is GruDefinition;
                return Run(
                    "GRU", [new AttributeProto { Name = "linear_before_reset", I = after ? 1 : 0, Type = 2 }],
                    of => [.. of("weight_ih_rz", [1, 0]), .. of("weight_ih_n", [0])],
                    of => [.. of("weight_hh_rz", [1, 0]), .. of("weight_hh_n", [0])],
                    of =>
                    [
                        .. of("bias_rz", [1, 0]), .. of(after ? "bias_ih_n" : "bias_n", [0]),
                        .. none, .. none, .. after ? of("bias_hh_n", [0]) : none,
                    ]);
            default:
                ByteString activation = ByteString.CopyFromUtf8(definition is ElmanDefinition ? "Tanh" : "Relu");
                var activations = new AttributeProto { Name = "activations", Type = 8, Strings = { directions.Select(_ => activation) } };
                return Run(
                    "RNN", [activations], of => of("weight_ih", [0]), of => of("weight_hh", [0]), of => [.. of("bias", [0]), .. none]);
        }

        (float[], float[]) Run(
            string operation, AttributeProto[] attributes,
            Func<Func<string, int[], float[]>, float[]> w, Func<Func<string, int[], float[]>, float[]> r,
            Func<Func<string, int[], float[]>, float[]> b)
        {
            float[] OfAll(Func<Func<string, int[], float[]>, float[]> part) =>
            [
                .. directions.SelectMany(direction => part((name, gates) => Tensor(network, direction + name, units, gates))),
            ];
            return OnnxRecurrent.Run(operation, attributes, units, features, lengths, x, directions.Length, OfAll(w), OfAll(r), OfAll(b));
        }
    }

    [Fact]
    public void A_layer_that_joins_steps_gives_what_the_layer_gives_on_steps_that_were_joined_before()
    {
        int[] lengths = [7, 4, 1], joinedLengths = [3, 2, 1];
        const int factor = 3;
        Network<Lanes256, float> reducing = NetworkOf<Lanes256>([new GruDefinition(6) { TimeReduction = factor }], features: 2, seed: 1);
        Network<Lanes256, float> plain = NetworkOf<Lanes256>([new GruDefinition(6)], features: 2 * factor, seed: 1);
        reducing.Parameters.Values.Span.CopyTo(plain.Parameters.Values.Span);
        reducing.Prepare(lengths, training: false);
        plain.Prepare(joinedLengths, training: false);
        new Span<float>(plain.Features, plain.Shape.Rows * 2 * factor).Clear();
        for (int sequence = 0; sequence < lengths.Length; sequence++)
        {
            for (int i = 0; i < lengths[sequence] * 2; i++)
            {
                float value = MathF.Sin(1 + i + 10 * sequence);
                reducing.Features[reducing.Shape.Row(i / 2, sequence) * 2 + i % 2] = value;
                plain.Features[plain.Shape.Row(i / 2 / factor, sequence) * 2 * factor + i % (2 * factor)] = value;
            }
        }
        reducing.Forward(0, 3);
        plain.Forward(0, 3);
        for (int sequence = 0; sequence < lengths.Length; sequence++)
        {
            for (int output = 0; output < 3; output++)
                Assert.Equal(plain.Outputs[sequence, output], reducing.Outputs[sequence, output]);
        }
    }

    [Fact]
    public void An_empty_sequence_gives_the_head_the_zero_state()
    {
        var network = NetworkOf<ScalarLane>([new LstmDefinition(5)], features: 2, seed: 1);
        network.Prepare([0, 0], training: false);
        network.Forward(0, network.Shape.Count);
        float[] bias = Tensor(network, "head.bias", units: 3, 0);
        for (int output = 0; output < bias.Length; output++)
            Assert.Equal(bias[output], network.Outputs[1, output]);
    }

    private static Network<L, float> NetworkOf<L>(LayerDefinition[] layers, int features, int seed)
        where L : unmanaged, IFloatLanes<L>
    {
        var network = new Network<L, float>(new NetworkDefinition { Features = features, Layers = layers, Outputs = 3 });
        network.Bind(network.Initialize(seed), training: false);
        var random = new Random(seed);
        foreach (ParameterTensor tensor in network.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
                network.Parameters.Values.Pointer[tensor.Position(i / tensor.Columns, i % tensor.Columns)] +=
                    (float)((random.NextDouble() - 0.5) * 4 / (8 + layers[0].Size));
        }
        return network;
    }

    /// <summary>The rows of some gates of a tensor, in the order given.</summary>
    private static float[] Tensor<L>(Network<L, float> network, string name, int units, params IEnumerable<int> gates)
        where L : unmanaged, IFloatLanes<L>
    {
        ParameterTensor tensor = network.Tensors.Single(tensor => tensor.Name == name);
        IEnumerable<int> rows = gates.SelectMany(gate => Enumerable.Range(gate * units, units));
        return
        [
            .. rows.SelectMany(row => Enumerable.Range(0, tensor.Columns)
                .Select(column => network.Parameters.Values.Pointer[tensor.Position(row, column)])),
        ];
    }
}
