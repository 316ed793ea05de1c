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
        FeatureNormalization normalization = FeatureNormalization.Learn(DataStatistics.Of(data), 2);
        Assert.Equal(3f, normalization.Mean[0]);
        Assert.Equal(1 / MathF.Sqrt(3.5f), normalization.Scale[0], 1e-6f);
    }

    [Theory]
    [InlineData(10f, 10f)]
    [InlineData(0f, 0f)]
    [InlineData(0f, 1e-40f)]
    [InlineData(1e6f, 1000000.0625f)]
    [InlineData(-101.325f, -101.32501f)]
    public void Of_a_feature_that_is_constant_up_to_rounding_nothing_is_read(float one, float other)
    {
        var data = new SequenceSet(1);
        data.Add([one, other, one, other]);
        FeatureNormalization normalization = FeatureNormalization.Learn(DataStatistics.Of(data), 1);
        Assert.Equal((0f, 0f), (normalization.Mean[0], normalization.Scale[0]));
    }

    [Theory]
    [InlineData(1e6f, 1e6f + 1)]
    [InlineData(0f, 1e-37f)]
    [InlineData(1e-3f, 1.00001e-3f)]
    [InlineData(-1e-30f, 1e-30f)]
    public void A_small_change_that_is_no_rounding_becomes_one_of_two_standard_deviations(float one, float other)
    {
        var data = new SequenceSet(1);
        data.Add([one, other, one, other]);
        FeatureNormalization normalization = FeatureNormalization.Learn(DataStatistics.Of(data), 1);
        Assert.Equal(2, ((double)other - one) * normalization.Scale[0], 1e-4);
    }
}
