using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Tests;

/// <summary>What follows from outputs, at the edges.</summary>
public sealed class TaskOutputTests
{
    [Fact]
    public void A_logit_of_0_is_no_and_the_smallest_above_it_is_yes()
    {
        Assert.False(BinaryOutputs.IsPositive(0));
        Assert.False(BinaryOutputs.IsPositive(-float.Epsilon));
        Assert.True(BinaryOutputs.IsPositive(float.Epsilon));
    }

    [Fact]
    public void Of_equally_likely_classes_the_first_is_predicted()
    {
        Assert.Equal(0, MulticlassOutputs.Likeliest([0.4f, 0.4f, 0.2f]));
        Assert.Equal(1, MulticlassOutputs.Likeliest([0.2f, 0.4f, 0.4f]));
        Assert.Equal(2, MulticlassOutputs.Likeliest([0.2f, 0.3f, 0.5f]));
    }

    [Fact]
    public void The_metrics_of_tags_leave_missing_labels_out_and_count_sequences_by_themselves()
    {
        var metrics = new TaggerMetrics(labels: 2, HeadDefinition.Categorical);
        for (int round = 0; round < 2; round++)
        {
            metrics.Clear();
            metrics.Add([0, float.NaN, 1], [0.9f, 0.1f, 0.2f, 0.8f, 0.8f, 0.2f]);
            metrics.Add([1], [0.3f, 0.7f]);
            metrics.Add([float.NaN], [0.3f, 0.7f]);
            Assert.Equal([("TokenAccuracy", 2 / 3.0), ("SequenceAccuracy", 1 / 2.0), ("MacroF1", 2 / 3.0)],
                metrics.Values.Select(metric => (metric.Key, metric.Value)), (x, y) => x.Item1 == y.Item1
                && Math.Abs(x.Item2 - y.Item2) < 1e-12);
        }
    }
}
