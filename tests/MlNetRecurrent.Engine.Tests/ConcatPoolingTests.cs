using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Pooling by the last state, the mean and the maximum side by side.</summary>
public sealed unsafe class ConcatPoolingTests
{
    /// <summary>Units that leave every kind of remainder of a block.</summary>
    public static TheoryData<int, bool> Layers =>
    [
        .. from units in (int[])[1, 5, 16, 17, 22, 32, 33] from bidirectional in (bool[])[false, true] select (units, bidirectional),
    ];

    [Theory]
    [MemberData(nameof(Layers))]
    public void The_encoding_is_that_of_the_three_poolings_bit_for_bit(int units, bool bidirectional)
    {
        int[] lengths = [7, 4, 4, 1, 0];
        NetworkDefinition definition = Definition(units, bidirectional);
        float[][] parts = [.. definition.Pooling.Parts().Select(pooling => Encode(definition with { Pooling = pooling }, lengths))];
        float[] found = Encode(definition, lengths);
        int size = definition.Layers[^1].OutputSize;
        for (int sequence = 0; sequence < lengths.Length; sequence++)
            Assert.Equal(parts.SelectMany(part => part.Skip(sequence * size).Take(size)), found.Skip(sequence * 3 * size).Take(3 * size));
        Assert.Equal(3 * size, definition.EncodingSize);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Gradients_equal_central_differences_at_every_size(int units, bool bidirectional)
    {
        var test = new NetworkCase(Definition(units, bidirectional), [5, 3, 1, 0]);
        test.Loss();
        double[] gradients = test.Network.Gradients.Span.ToArray();
        double* parameters = test.Network.Parameters.Values.Pointer;
        string[] names = ["head.weight", bidirectional ? "layers.0.backward.weight_ih" : "layers.0.weight_ih"];
        foreach (ParameterTensor tensor in names.Select(name => test.Network.Tensors.Single(tensor => tensor.Name == name)))
        {
            double[] analytic = [.. Enumerable.Range(0, (int)tensor.Count).Select(i => gradients[Position(i)])];
            CentralDifference.AssertEqual(
                tensor.Name, analytic, i => parameters[Position(i)],
                (i, value) => parameters[Position(i)] = value, () => test.Loss(only: true));

            nint Position(int i) => tensor.Position(i / tensor.Columns, i % tensor.Columns);
        }
    }

    [Fact]
    public void A_network_with_outputs_for_every_step_does_not_pool()
    {
        NetworkDefinition definition = Definition(units: 5, bidirectional: false) with { EveryStep = true };
        Assert.Equal(5, definition.EncodingSize);
        Assert.Equal(5, new Network<ScalarLane, float>(definition).Definition.EncodingSize);
    }

    private static NetworkDefinition Definition(int units, bool bidirectional) => new()
    {
        Features = 3,
        Layers = [new LstmDefinition(units) { Bidirectional = bidirectional }],
        Pooling = Pooling.LastMeanMax,
        Outputs = 2,
    };

    /// <summary>[sequences, EncodingSize].</summary>
    private static float[] Encode(NetworkDefinition definition, int[] lengths)
    {
        var random = new Random(1);
        var network = new Network<Lanes256, float>(definition);
        network.Bind(network.Initialize(seed: 1), training: false);
        network.Prepare(lengths, training: false);
        for (int i = 0; i < network.Shape.Rows * definition.Features; i++)
            network.Features[i] = 2 * random.NextSingle() - 1;
        network.Forward(0, lengths.Length);
        return [.. Enumerable.Range(0, lengths.Length).SelectMany(EncodingOf)];

        float[] EncodingOf(int sequence) =>
            new ReadOnlySpan<float>(network.Encoding.Row(sequence), network.Definition.EncodingSize).ToArray();
    }
}
