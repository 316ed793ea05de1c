using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

public sealed class LearningRateCourseTests
{
    private static readonly double _end = 1 / 25.0 / 1e4;

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_constant_rate_stays(double done) => Assert.Equal(1, RateSchedule.Constant.Factor(done));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 0.85355339)]
    [InlineData(0.5, 0.5)]
    [InlineData(1, 0)]
    public void A_cosine_falls_from_1_to_0(double done, double expected) => Assert.Equal(expected, RateSchedule.Cosine.Factor(done), 1e-8);

    [Theory]
    [InlineData(0, 0.04)]
    [InlineData(0.15, 0.52)]
    [InlineData(0.3, 1)]
    [InlineData(0.65, 0.500002)]
    public void One_cycle_rises_and_falls(double done, double expected) => Assert.Equal(expected, RateSchedule.OneCycle.Factor(done), 1e-8);

    [Fact]
    public void One_cycle_ends_with_almost_nothing() => Assert.Equal(_end, RateSchedule.OneCycle.Factor(1), 1e-12);
}
