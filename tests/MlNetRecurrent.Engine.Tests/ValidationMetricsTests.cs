using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>After each epoch the metrics are told every sequence that is set aside, once, with its labels and its own outputs.</summary>
public sealed class ValidationMetricsTests
{
    private const int Trained = 3, Validated = 90, Epochs = 3;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Each_sequence_is_told_with_its_labels_and_outputs(bool everyStep)
    {
        // The unit adds up its input: the outputs of a step are the sum so far.
        NetworkDefinition definition = BiasModel.Definition with { EveryStep = everyStep, Layers = [new ElmanRectifierDefinition(1)] };
        var data = new SequenceSet(1);
        var expected = new List<string>();
        for (int i = 0; i < Trained + Validated; i++)
        {
            float[] steps = [.. Enumerable.Range(0, 1 + i % 4).Select(t => i + t * 0.5f)];
            float[] labels = everyStep ? [.. steps.Select((step, t) => (i + t) % 3 == 0 ? float.NaN : (i + t) % 3)] : [i % 3];
            data.Add(steps, labels);
            float[] sums = [.. steps.Select((_, t) => steps[..(t + 1)].Sum())];
            if (i >= Trained)
                expected.Add(Text(labels, everyStep ? sums : sums[^1..]));
        }
        var metrics = new Recorded();
        TrainingSettings settings = BiasModel.Settings with { NumberOfEpochs = Epochs, BatchSize = 2 };
        TrainedNetwork.Train(
            BiasModel.Job(definition, data, settings, [0],
            split: ValidationSplit.OfTheLast((double)Validated / data.Count, data.Count)) with
            {
                Start = BiasModel.Weights(definition, ("layers.0.weight_ih", 0, 1), ("layers.0.weight_hh", 0, 1), ("head.weight", 0, 1)),
                Metrics = metrics,
            });
        Assert.Equal(Epochs, metrics.Rounds.Count);
        Assert.All(metrics.Rounds, round => Assert.Equal(expected.Order(), round.Order()));
    }

    private static string Text(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs) =>
        $"{string.Join(' ', labels.ToArray())} -> {string.Join(' ', outputs.ToArray())}";

    private sealed class Recorded : ValidationMetrics
    {
        public List<List<string>> Rounds { get; } = [];

        public override void Clear() => Rounds.Add([]);

        public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs) => Rounds[^1].Add(Text(labels, outputs));
    }
}
