using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class FarFeatureTests
{
    /// <summary>Of the values 0 and 2 the mean is 1, and so is the deviation.</summary>
    [Theory]
    [InlineData(2, 1)]
    [InlineData(-99, -100)]
    [InlineData(500_001, 500_000)]
    [InlineData(1e9f, 1e6f)]
    [InlineData(-1e30f, -1e6f)]
    public void A_feature_is_told_in_deviations_from_the_mean_up_to_a_million(float value, float expected)
    {
        var data = new SequenceSet(1);
        data.Add([0f, 2f], label: 0);
        FeatureNormalization normalization = FeatureNormalization.Learn(DataStatistics.Of(data), 1);
        data.Add([1f, value], label: 0);
        var network = new Network<ScalarLane, float>(BiasModel.Definition);
        new BatchLoader<ScalarLane>(network, normalization, TargetTransform.None).Load(data, [1], training: false);
        Assert.Equal([0, expected], [network.Features[0], network.Features[1]], (x, y) => Math.Abs(x - y) <= 1e-6f * Math.Abs(x));
    }
}
