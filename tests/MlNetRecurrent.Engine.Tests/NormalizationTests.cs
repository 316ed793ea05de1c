using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Engine.Tests;

public sealed class NormalizationTests
{
    [Fact]
    public void Mean_and_deviation_are_over_all_steps_of_all_sequences()
    {
        var data = new SequenceSet(2);
        data.Add([1f, 10f, 2f, 10f, 3f, 10f]);
        data.Add([6f, 10f]);
        FeatureNormalization normalization = FeatureNormalization.Learn(DataStatistics.Of(data, 2), 2);
        Assert.Equal([3f, 10f], normalization.Mean);
        Assert.Equal(1 / MathF.Sqrt(3.5f), normalization.Scale[0], 1e-6f);
    }

    [Fact]
    public void A_feature_that_never_changes_keeps_its_scale()
    {
        var data = new SequenceSet(1);
        data.Add([10f, 10f]);
        Assert.Equal([1f], FeatureNormalization.Learn(DataStatistics.Of(data, 1), 1).Scale);
    }
}
