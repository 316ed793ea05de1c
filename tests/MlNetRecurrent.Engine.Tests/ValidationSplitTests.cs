using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Engine.Tests;

public sealed class ValidationSplitTests
{
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.25)]
    [InlineData(0.4)]
    [InlineData(0.5)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void Of_each_class_the_wanted_part_is_set_aside(double fraction)
    {
        var random = new Random(1);
        float[] labels = [.. Enumerable.Range(0, 20_000).Select(_ => (float)(random.Next(10) == 0 ? 0 : 1 + random.Next(2)))];
        bool[] aside = Choose(fraction, seed: 1, labels);
        for (int label = 0; label < 3; label++)
        {
            bool[] ofClass = [.. aside.Where((_, row) => (int)labels[row] == label)];
            Assert.Equal(fraction * ofClass.Length, ofClass.Count(chosen => chosen), 2.0);
        }
    }

    [Fact]
    public void Rows_are_chosen_all_over_the_data_and_at_no_fixed_distance()
    {
        int[] rows = [.. Choose(0.1, seed: 1, new float[1000]).Index().Where(row => row.Item).Select(row => row.Index)];
        Assert.Equal(100, rows.Length);
        Assert.All(rows.Index(), row => Assert.InRange(row.Item, 10 * row.Index, 10 * row.Index + 9));
        Assert.Equal(10, rows.Select(row => row % 10).Distinct().Count());
    }

    [Fact]
    public void The_seed_says_which_rows_are_chosen()
    {
        var labels = new float[1000];
        Assert.Equal(Choose(0.2, seed: 1, labels), Choose(0.2, seed: 1, labels));
        Assert.NotEqual(Choose(0.2, seed: 1, labels), Choose(0.2, seed: 2, labels));
    }

    [Fact]
    public void The_last_rows_are_set_aside_where_order_matters()
    {
        ValidationSplit split = ValidationSplit.OfTheLast(0.25, 10);
        Assert.Equal(
            [false, false, false, false, false, false, false, false, true, true],
            Enumerable.Range(0, 10).Select(row => split.SetsAside(row, [0])));
    }

    private static bool[] Choose(double fraction, int seed, float[] labels)
    {
        ValidationSplit split = ValidationSplit.AtRandom(fraction, seed, byClass: true);
        return [.. labels.Select((label, row) => split.SetsAside(row, [label]))];
    }
}
