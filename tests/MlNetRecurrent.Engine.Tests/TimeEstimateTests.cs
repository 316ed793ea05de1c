using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Counts and times that are as large as their types allow.</summary>
public sealed class TimeEstimateTests
{
    [Fact]
    public void What_is_to_be_done_takes_as_long_a_piece_as_what_is_done() =>
        Assert.Equal(TimeSpan.FromSeconds(15), TimeEstimate.For(30, TimeSpan.FromSeconds(5), 10));

    [Theory]
    [InlineData(1e30, 1)]
    [InlineData(9.3e18, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1e30, 0)]
    public void An_estimate_that_no_TimeSpan_holds_is_the_largest(double count, long done) =>
        Assert.Equal(TimeSpan.MaxValue, TimeEstimate.For(count, TimeSpan.FromSeconds(5), done));

    [Fact]
    public void Nothing_takes_no_time()
    {
        Assert.Equal(TimeSpan.Zero, TimeEstimate.For(0, TimeSpan.FromSeconds(5), 0));
        Assert.Equal(TimeSpan.Zero, TimeEstimate.For(1e30, TimeSpan.Zero, 0));
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("RmsProp")]
    [InlineData("Sgd")]
    public unsafe void After_the_largest_number_of_steps_weights_go_on_to_change(string kind)
    {
        const int length = 16;
        var optimizer = new OptimizerSettings { Kind = Enum.Parse<OptimizerKind>(kind) }.Create<Lanes256, float>(length);
        optimizer.Steps = int.MaxValue - 1;
        PinnedBuffer<float> weights = new(length), gradients = new(length);
        gradients.Span.Fill(1);
        for (int step = 0; step < 3; step++)
        {
            float before = weights.Span[0];
            optimizer.NextStep(0.01);
            optimizer.Update(weights.Pointer, gradients.Pointer, 1, 0, length);
            Assert.InRange(before - weights.Span[0], 1e-4f, 0.5f);
        }
        Assert.Equal(int.MaxValue, optimizer.Steps);
    }
}
