using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

public sealed class TokenDropoutTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void A_part_of_the_tokens_becomes_the_unknown_one_and_the_others_stay(double rate)
    {
        int[] tokens = [.. Enumerable.Range(1, 20_000)];
        new TokenDropout(rate).Apply(tokens, seed: 7);
        Assert.InRange(tokens.Count(token => token == 0) / 20_000.0, rate - 0.01, rate + 0.01);
        Assert.All(Enumerable.Range(0, tokens.Length), row => Assert.True(tokens[row] == 0 || tokens[row] == row + 1));
    }

    [Fact]
    public void The_same_seed_takes_the_same_ones_and_another_seed_others()
    {
        int[] first = Dropped(1);
        Assert.Equal(first, Dropped(1));
        Assert.NotEqual(first, Dropped(2));

        static int[] Dropped(int seed)
        {
            int[] tokens = [.. Enumerable.Repeat(1, 100)];
            new TokenDropout(0.5).Apply(tokens, seed);
            return tokens;
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0.2)]
    [InlineData(3, 0.25 / 3.25)]
    [InlineData(1000, 0.00025)]
    public void Rare_tokens_are_replaced_more_often(int occurrences, double expected)
    {
        int[] tokens = [.. Enumerable.Repeat(occurrences == 0 ? 0 : 1, 50_000)];
        new TokenDropout(0, rare: 0.25, counts: [0, occurrences], tokens: 2).Apply(tokens, seed: 3);
        double share = tokens.Count(token => token == 0) / 50_000.0;
        Assert.InRange(share, occurrences == 0 ? 1 : expected - 0.01, occurrences == 0 ? 1 : expected + 0.01);
    }

    [Fact]
    public void A_static_token_is_replaced_at_all_steps_of_a_sequence_or_at_none()
    {
        int[] lengths = [.. Enumerable.Range(0, 200).Select(i => 6 - i / 40)];
        var shape = new BatchShape();
        shape.Set(lengths);
        int[] tokens = new int[shape.Rows];
        Array.Fill(tokens, 3);
        new TokenDropout(0.5).ApplyToSequences(tokens, shape, seed: 7);
        int replaced = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            int first = tokens[shape.Row(0, i)];
            replaced += first == 0 ? 1 : 0;
            Assert.All(Enumerable.Range(0, lengths[i]), t => Assert.Equal(first, tokens[shape.Row(t, i)]));
        }
        Assert.InRange(replaced, 70, 130);
    }
}
