using MlNetRecurrent.Importance;

namespace MlNetRecurrent.Tests.Importance;

public sealed class ExchangeTests
{
    [Fact]
    public void Rows_of_equal_length_are_permuted()
    {
        int[] donors = Exchange.Draw([.. Enumerable.Repeat(5, 100)], lag: null, new(1)).Donors;
        Assert.Equal(Enumerable.Range(0, 100), donors.Order());
        Assert.InRange(donors.Index().Count(pair => pair.Index == pair.Item), 0, 5);
    }

    [Fact]
    public void A_row_gets_the_values_of_one_that_is_at_least_as_long()
    {
        var random = new Random(1);
        int[] lengths = [.. Enumerable.Range(0, 500).Select(_ => random.Next(1, 30))];
        int[] donors = Exchange.Draw(lengths, lag: null, random).Donors;
        Assert.All(donors.Index(), pair => Assert.True(lengths[pair.Item] >= lengths[pair.Index]));
        foreach (IGrouping<int, int> alike in donors.Index().GroupBy(pair => lengths[pair.Index], pair => pair.Item))
            Assert.Distinct(alike);
    }

    [Fact]
    public void The_rows_that_have_a_step_exchange_it_among_themselves()
    {
        int[] lengths = [3, 1, 4, 1, 5, 9, 2, 6], donors = Exchange.Draw(lengths, lag: 3, new(1)).Donors;
        int[] rows = [2, 4, 5, 7];
        Assert.Equal(rows, rows.Select(row => donors[row]).Order());
    }

    [Fact]
    public void Every_longer_row_is_as_likely()
    {
        var counts = new int[4];
        var random = new Random(1);
        for (int i = 0; i < 4000; i++)
            counts[Exchange.Draw([2, 3, 5, 8], lag: null, random).Donors[0]]++;
        Assert.All(counts, count => Assert.InRange(count, 900, 1100));
    }
}
