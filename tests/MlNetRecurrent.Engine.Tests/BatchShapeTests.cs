using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Engine.Tests;

public sealed class BatchShapeTests
{
    [Fact]
    public void Rows_are_time_major_and_without_padding()
    {
        var shape = new BatchShape();
        shape.Set([4, 2, 2, 1, 0]);
        Assert.Equal(5, shape.Count);
        Assert.Equal(4, shape.Steps);
        Assert.Equal(9, shape.Rows);
        Assert.Equal([4, 3, 1, 1], shape.Active);
        Assert.Equal([0, 4, 7, 8], shape.Offsets);
        Assert.Equal(5, shape.Row(1, 1));
    }

    [Fact]
    public void The_state_before_the_first_step_is_the_initial_one()
    {
        var shape = new BatchShape();
        shape.Set([2, 1, 0]);
        Assert.Equal(1, shape.StateRow(0, 1));
        Assert.Equal(3, shape.StateRow(1, 0));
        Assert.Equal(5, shape.LastStateRow(0));
        Assert.Equal(4, shape.LastStateRow(1));
        Assert.Equal(2, shape.LastStateRow(2));
    }

    [Fact]
    public void A_smaller_batch_after_a_larger_one_sees_nothing_of_it()
    {
        var shape = new BatchShape();
        shape.Set([9, 9, 9]);
        shape.Set([1]);
        Assert.Equal(1, shape.Rows);
        Assert.Equal(1, shape.Active.Length);
    }
}
