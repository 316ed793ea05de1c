using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests.Forecasting;

/// <summary>Outputs for several steps ahead that read values which are known in advance.</summary>
public sealed unsafe class DecoderTests
{
    private static readonly int[] _lengths = [6, 5, 5, 3, 1];

    private static readonly NetworkDefinition _plain = new()
    {
        Features = 2,
        Layers = [new LstmDefinition(5)],
        Outputs = 6,
        EveryStep = true,
        Head = HeadDefinition.Value,
        Decoder = new(Horizon: 3, Features: 2, Units: 20),
    };

    private static readonly Dictionary<string, NetworkDefinition> _networks = new()
    {
        ["values"] = _plain,
        ["without bias"] = _plain with { HasOutputBias = false, Decoder = new(Horizon: 6, Features: 1, Units: 4) },
        ["one step ahead"] = _plain with { Decoder = new(Horizon: 1, Features: 3, Units: 37) },
        ["wide"] = _plain with { Outputs = 40 * 2, Decoder = new(Horizon: 2, Features: 5, Units: 33) },
        ["quantiles"] = _plain with
        {
            Outputs = 4 * 2 * 3,
            Head = new QuantileDefinition { Quantiles = [0.1, 0.5, 0.8] },
            Decoder = new(Horizon: 4, Features: 3, Units: 10),
        },
        ["dropout"] = _plain with { Layers = [new GruDefinition(17), new GruDefinition(18) { Dropout = 0.3f }] },
    };

    public static TheoryData<string> Networks => [.. _networks.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Gradients_equal_central_differences(string name)
    {
        _networks[name].Validate();
        var test = new NetworkCase(_networks[name], _lengths);
        string[] own = ["encoding_weight", "bias", "known_weight", "output_weight", "positions"];
        Assert.Equal(own.Select(tensor => $"head.decoder.{tensor}"), test.Network.Tensors.TakeLast(5).Select(tensor => tensor.Name));
        CentralDifference.AssertAllEqual(test.Network, test.Loss);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Padding_of_weights_has_no_gradient(string name)
    {
        var test = new NetworkCase(_networks[name], _lengths);
        test.Loss();
        Span<double> gradients = test.Network.Gradients.Span;
        foreach (ParameterTensor tensor in test.Network.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
                gradients[(int)tensor.Position(i / tensor.Columns, i % tensor.Columns)] = 0;
        }
        Assert.Equal(-1, gradients.IndexOfAnyExcept(0.0));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Outputs_are_those_of_the_equations(string name)
    {
        NetworkDefinition definition = _networks[name];
        Network<DoubleLane, double> network = new NetworkCase(definition, _lengths).Network;
        (int horizon, int features, int units) = definition.Decoder!;
        int ahead = definition.Outputs / horizon;
        var random = new Random(7);
        network.Prepare(_lengths, training: false);
        double[] known = [.. Enumerable.Range(0, _lengths.Sum() * horizon * features).Select(_ => random.NextDouble() - 0.5)];
        for (int i = 0; i < _lengths.Sum() * definition.Features; i++)
            network.Features[i] = random.NextDouble() - 0.5;
        known.CopyTo(new Span<double>(network.Projection.KnownValues, known.Length));
        network.Forward(0, _lengths.Length);
        Func<int, int, double> w = Weight("weight"), b = Weight("bias"), a = Weight("decoder.encoding_weight");
        Func<int, int, double> ab = Weight("decoder.bias"), c = Weight("decoder.known_weight");
        Func<int, int, double> v = Weight("decoder.output_weight"), p = Weight("decoder.positions");
        int active = 0;
        for (int row = 0; row < _lengths.Sum(); row++)
        {
            double[] h = [.. Enumerable.Range(0, definition.EncodingSize).Select(i => network.Encoding.Row(row)[i])];
            for (int k = 0; k < horizon; k++)
            {
                double[] x = known[((row * horizon + k) * features)..((row * horizon + k + 1) * features)];
                double[] z = [.. Enumerable.Range(0, units).Select(unit => Math.Max(
                    0, h.Select((value, i) => a(unit, i) * value).Sum() + ab(unit, 0) + p(unit, k)
                        + x.Select((value, i) => c(unit, i) * value).Sum()))];
                active += z.Count(value => value > 0);
                for (int j = 0; j < ahead; j++)
                {
                    double expected = h.Select((value, i) => w(k * ahead + j, i) * value).Sum() + b(k * ahead + j, 0)
                        + z.Select((value, i) => v(j, i) * value).Sum();
                    Assert.Equal(expected, network.Outputs[row, k * ahead + j], 1e-12);
                }
            }
        }
        Assert.InRange(active, 1, _lengths.Sum() * horizon * units - 1);

        Func<int, int, double> Weight(string tensorName) =>
            network.Tensors.SingleOrDefault(tensor => tensor.Name == $"head.{tensorName}") is { } tensor
                ? (row, column) => network.Parameters.Values.Pointer[tensor.Position(row, column)]
                : (_, _) => 0;
    }

    [Fact]
    public void A_hidden_unit_that_is_not_a_number_makes_the_outputs_not_a_number()
    {
        Network<DoubleLane, double> network = new NetworkCase(_plain, _lengths).Network;
        network.Prepare(_lengths, training: false);
        new Span<double>(network.Features, _lengths.Sum() * _plain.Features).Clear();
        new Span<double>(network.Projection.KnownValues, _lengths.Sum() * 6).Clear();
        network.Projection.KnownValues[0] = double.NaN;
        network.Forward(0, _lengths.Length);
        Assert.True(double.IsNaN(network.Outputs[0, 0]));
        Assert.False(double.IsNaN(network.Outputs[0, 2]));
    }

    [Fact]
    public void Initial_weights_are_random_and_biases_zero()
    {
        var network = new Network<ScalarLane, float>(_plain);
        Parameters<float> parameters = network.Initialize(seed: 1);
        foreach (ParameterTensor tensor in network.Tensors.Where(tensor => tensor.Name.StartsWith("head.", StringComparison.Ordinal)))
        {
            float[] values = [.. Enumerable.Range(0, (int)tensor.Count).Select(
                i => parameters.Values.Span[(int)tensor.Position(i / tensor.Columns, i % tensor.Columns)])];
            bool isBias = tensor.Name.EndsWith("bias", StringComparison.Ordinal);
            double limit = isBias ? 0 : Math.Sqrt(6.0 / (tensor.Rows + tensor.Columns));
            Assert.All(values, value => Assert.InRange(value, -limit - 1e-6, limit + 1e-6));
            Assert.Equal(isBias ? 1 : values.Length, values.Distinct().Count());
        }
    }
}
