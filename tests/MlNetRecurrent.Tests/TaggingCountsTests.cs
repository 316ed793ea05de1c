using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent.Tests;

public sealed class TaggingCountsTests
{
    [Fact]
    public void Metrics_are_those_that_a_pencil_finds()
    {
        var counts = new TaggingCounts(labels: 4);
        counts.EndSequence();
        counts.AddStep(label: 1, predicted: 1, probability: 0.5);
        counts.AddStep(label: 1, predicted: 2, probability: 0.25);
        counts.EndSequence();
        counts.EndSequence();
        counts.AddStep(label: 3, predicted: 3, probability: 0);
        counts.EndSequence();
        counts.AddStep(label: 3, predicted: 0, probability: 1.0001);
        counts.EndSequence();
        SequenceTaggingMetrics metrics = counts.ToMetrics(["a", "b", "c", "d"]);
        Assert.Equal((3L, 4L), (metrics.NumberOfSequences, metrics.NumberOfSteps));
        Assert.Equal(2 / 4.0, metrics.TokenAccuracy, 1e-12);
        Assert.Equal(1 / 3.0, metrics.SequenceAccuracy, 1e-12);
        // The label b was predicted but never right, the label d neither occurs nor was predicted.
        Assert.Equal([2 / 3.0, 0, 2 / 3.0, 0], metrics.PerLabel.Select(label => label.F1), (x, y) => Math.Abs(x - y) < 1e-12);
        Assert.Equal((2 / 3.0 + 0 + 2 / 3.0) / 3, metrics.MacroF1, 1e-12);
        // A probability of 0 counts as 1e-15, one that rounding has made larger than 1 as 1.
        Assert.Equal(-(Math.Log(0.5) + Math.Log(0.25) + Math.Log(1e-15) + Math.Log(1)) / 4, metrics.LogLoss, 1e-12);
        Assert.Equal([2L, 0, 2, 0], metrics.PerLabel.Select(label => label.Support));
        Assert.Equal([1L, 1, 1, 0], metrics.PerLabel.Select(label => label.Predicted));
    }
}
