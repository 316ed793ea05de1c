using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Examples with several named fields: numbers and tokens, of each step and of the whole example.</summary>
public sealed unsafe class InputFieldTests
{
    private static readonly InputField[] _fields =
    [
        new("weather", 2), new("holiday", 3, Tokens: 4), new("area", 1, IsStatic: true), new("store", 2, Tokens: 5, IsStatic: true),
    ];

    private static readonly int[] _lengths = [4, 2, 2, 1];

    [Fact]
    public void Gradients_with_several_fields_equal_central_differences()
    {
        var random = new Random(2);
        InputField[] fields =
        [
            .. _fields,
            new("letters", 3, Tokens: 6) { Characters = 4 },
            new("letters in order", 6, Tokens: 4) { Characters = 3, Encoding = CharacterEncoding.Lstm },
        ];
        var network = new Network<DoubleLane, double>(Network(fields, outputs: 2));
        network.Bind(network.Initialize(1), training: true);
        float[] labels = [0, 1, 1, 0], weights = [1, 1, 0.5f, 2];
        int rows = _lengths.Sum(), width = network.Input.Size;
        double[] features = [.. Enumerable.Range(0, rows * width).Select(_ => 2 * random.NextDouble() - 1)];
        int[][] tokens = [.. fields.Select(field => RandomTokens(random, field, rows))];
        Loss();
        double[] gradients = network.Gradients.Span.ToArray();
        string[] names =
        [
            "1.weight", "3.weight", "4.before", "4.weight", "4.after", "4.bias", "5.weight",
            "5.forward.weight_ih", "5.forward.weight_hh", "5.forward.bias",
            "5.backward.weight_ih", "5.backward.weight_hh", "5.backward.bias",
        ];
        Assert.Equal(names.Select(name => $"embeddings.{name}"), network.Tensors.Select(tensor => tensor.Name).Take(names.Length));
        foreach (ParameterTensor tensor in network.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
            {
                nint place = tensor.Position(i / tensor.Columns, i % tensor.Columns);
                ref double parameter = ref network.Parameters.Values.Pointer[place];
                const double step = 1e-5;
                parameter += step;
                double above = Loss(only: true);
                parameter -= 2 * step;
                double below = Loss(only: true);
                parameter += step;
                Assert.Equal((above - below) / (2 * step), gradients[place], 1e-8);
            }
        }

        double Loss(bool only = false)
        {
            network.Prepare(_lengths, training: true);
            features.CopyTo(new Span<double>(network.Input.Features, features.Length));
            for (int i = 0; i < tokens.Length; i++)
                tokens[i].CopyTo(network.Input.Tokens[i], 0);
            return Passes.Run(network, labels, weights, only) / _lengths.Length;
        }
    }

    private static int[] RandomTokens(Random random, InputField field, int rows) =>
        field.HasTokens ? [.. Enumerable.Range(0, rows * field.Width).Select(_ => random.Next(field.Tokens))] : [];

    [Fact]
    public void Every_field_that_the_label_depends_on_is_learned()
    {
        (TrainedNetwork network, SequenceSet data) = Train(numberOfThreads: 1);
        SequenceScorer scorer = SequenceScorer.For(network);
        scorer.Run(data);
        int right = Enumerable.Range(0, data.Count).Count(i => IndexOfLargest(scorer.Outputs(i).Span) == (int)data.Labels(i)[0]);
        // Without one of the fields the classes are as likely as each other.
        Assert.InRange(right, data.Count * 95 / 100, data.Count);
    }

    [Fact]
    public void Weights_do_not_depend_on_the_number_of_threads() => Assert.Equal(
        Train(numberOfThreads: 1).Network.Parameters.Values.Span.ToArray(),
        Train(numberOfThreads: 3).Network.Parameters.Values.Span.ToArray());

    [Fact]
    public void Fields_of_an_example_must_have_as_many_steps_as_each_other()
    {
        var data = new SequenceSet(_fields);
        data.AddField([1f, 2f, 3f, 4f]);
        string message = Assert.Throws<ArgumentException>(() => data.AddField([1, 2, 3])).Message;
        Assert.Contains("'holiday' has 3 values for an example where 2 are expected", message, StringComparison.Ordinal);
        data.AddField([1, 2]);
        message = Assert.Throws<ArgumentException>(() => data.AddField([1])).Message;
        Assert.Contains("The steps of 'area' are numbers, not tokens", message, StringComparison.Ordinal);
        data.AddField([0.5f]);
        message = Assert.Throws<InvalidOperationException>(() => data.Complete([1])).Message;
        Assert.Contains("The field 'store' of the example is missing", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_all_fields_are_normalized()
    {
        var data = new SequenceSet([new("weather", 1), new("holiday", 1, Tokens: 3), new("area", 1, IsStatic: true)]);
        for (int i = 0; i < 4; i++)
        {
            data.AddField([i % 2 == 0 ? 10f : 30f]);
            data.AddField([i % 3]);
            data.AddField([100f + i]);
            data.Complete([i % 2]);
        }
        DataStatistics statistics = DataStatistics.Of(data, hasClasses: true);
        Assert.Equal((20, 10), statistics.Feature(0));
        Assert.Equal((101.5, Math.Sqrt(1.25)), statistics.Feature(1));
        Assert.Equal([[], [2, 1, 1], []], statistics.TokenCounts);
    }

    [Fact]
    public void A_network_whose_fields_do_not_add_up_is_refused()
    {
        NetworkDefinition network = Network(_fields, outputs: 2);
        network.Validate();
        Assert.Throws<InvalidDataException>((network with { Features = 9 }).Validate);
        Assert.Throws<InvalidDataException>((network with { Inputs = [new("", 8)] }).Validate);
        Assert.Throws<InvalidDataException>((network with { Tokens = 4 }).Validate);
    }

    private static NetworkDefinition Network(InputField[] fields, int outputs) => new()
    {
        Features = fields.Sum(field => field.Size),
        Inputs = fields,
        Layers = [new GruDefinition(9)],
        Outputs = outputs,
    };

    /// <summary>
    /// The class is the parity of the number of steps with a certain sign, a certain token, and two values of the example.
    /// </summary>
    private static (TrainedNetwork Network, SequenceSet Data) Train(int numberOfThreads)
    {
        InputField[] fields =
        [
            new("sign", 1), new("token", 4, Tokens: 3), new("static sign", 1, IsStatic: true),
            new("static token", 4, Tokens: 3, IsStatic: true),
        ];
        var random = new Random(1);
        var data = new SequenceSet(fields);
        for (int i = 0; i < 400; i++)
        {
            int sign = random.Next(2), token = random.Next(2), staticSign = random.Next(2), staticToken = random.Next(2);
            data.AddField([2f * sign - 1, 0.1f * random.NextSingle()]);
            data.AddField([1 + token, 1]);
            data.AddField([20f * staticSign]);
            data.AddField([1 + staticToken]);
            data.Complete([sign ^ token ^ staticSign ^ staticToken]);
        }
        TrainingSettings settings = new()
        {
            NumberOfEpochs = 60,
            BatchSize = 16,
            LearningRate = 0.02,
            Seed = 1,
            NumberOfThreads = numberOfThreads,
        };
        NetworkDefinition network = Network(fields, outputs: 2) with { Layers = [new GruDefinition(24)] };
        return (TrainedNetwork.Train(Jobs.Of(network, data, settings, normalize: true)).Network, data);
    }

    private static int IndexOfLargest(ReadOnlySpan<float> values) => values[1] > values[0] ? 1 : 0;
}
