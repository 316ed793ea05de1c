using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Engine.Tests;

public sealed class SequenceSetTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_set_that_is_cleared_and_filled_again_holds_the_new_sequences_alone_and_takes_no_more_memory(int features)
    {
        var set = new SequenceSet(features);
        long bytes = 0;
        for (int round = 0; round < 50; round++)
        {
            set.Clear();
            Assert.Equal((0, 0L), (set.Count, set.Steps));
            for (int i = 0; i < 40; i++)
                Add(set, steps: i, first: round + i);
            Assert.Equal((40, 40L * 39 / 2), (set.Count, set.Steps));
            for (int i = 0; i < 40; i++)
            {
                Assert.Equal(i, set.Length(i));
                Assert.Equal(Enumerable.Range(round + i, i).Select(label => (float)label), set.Labels(i).ToArray());
                Assert.Equal(i * Math.Max(1, features), features > 0 ? set.Values(i).Length : set.Tokens(i).Length);
                Assert.All(features > 0 ? set.Values(i).ToArray() : set.Tokens(i).ToArray().Select(token => (float)token), value =>
                    Assert.Equal(round + i, value));
                Assert.Equal(i + 0.5f, set.Weight(i));
            }
            bytes = round == 0 ? set.Bytes : bytes;
            Assert.Equal(bytes, set.Bytes);
        }

        void Add(SequenceSet set, int steps, int first)
        {
            float[] labels = [.. Enumerable.Range(first, steps)];
            if (features > 0)
                set.Add([.. Enumerable.Repeat((float)first, steps * features)], labels, steps + 0.5f);
            else
                set.Add([.. Enumerable.Repeat(first, steps)], labels, steps + 0.5f);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void The_memory_that_it_tells_is_at_least_that_of_its_numbers(int features)
    {
        var set = new SequenceSet(features);
        for (int i = 0; i < 1000; i++)
        {
            if (features > 0)
                set.Add(new float[60], label: 0);
            else
                set.Add(new int[60], label: 0);
        }
        Assert.InRange(set.Bytes, 1000 * 61 * sizeof(float), 4 * 1000 * 61 * sizeof(float));
    }

    [Fact]
    public void Missing_labels_are_no_targets()
    {
        var set = new SequenceSet(1);
        set.Add([1f, 2f, 3f], [float.NaN, 1, float.NaN]);
        set.Add([1f], [float.NaN]);
        set.Add([1f], label: 0);
        Assert.Equal([1, 0, 1], Enumerable.Range(0, 3).Select(set.TargetsOf));
    }
}
