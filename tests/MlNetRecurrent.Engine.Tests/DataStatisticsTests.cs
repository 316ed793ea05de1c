using MlNetRecurrent.Engine.Batches;

namespace MlNetRecurrent.Engine.Tests;

public sealed class DataStatisticsTests
{
    [Fact]
    public void Mean_and_deviation_keep_their_digits_far_from_zero()
    {
        var random = new Random(1);
        var moments = new WeightedMoments(2);
        var all = new List<(double Value, double Weight)>();
        for (int sequence = 0; sequence < 500; sequence++)
        {
            float[] values = [.. Enumerable.Range(0, 2 * random.Next(0, 9)).Select(_ => (float)(1e6 + random.NextDouble()))];
            double weight = random.NextDouble();
            moments.Add(values, weight);
            all.AddRange(values.Where((_, i) => i % 2 == 1).Select(value => ((double)value, weight)));
        }
        double total = all.Sum(pair => pair.Weight), mean = all.Sum(pair => pair.Weight * pair.Value) / total;
        double deviation = Math.Sqrt(all.Sum(pair => pair.Weight * (pair.Value - mean) * (pair.Value - mean)) / total);
        Assert.Equal(mean, moments.Of(1).Mean, 1e-6);
        Assert.Equal(deviation, moments.Of(1).Deviation, 1e-6);
    }

    [Fact]
    public void What_is_set_aside_counts_nowhere_but_in_the_hash()
    {
        DataStatistics Gather(float last)
        {
            var data = new SequenceSet(1);
            for (int i = 0; i < 9; i++)
                data.Add([i, 2f * i], label: i % 3);
            data.Add([last], label: 7);
            return DataStatistics.Gather(new MemorySource(data), hasClasses: true, ValidationSplit.OfTheLast(0.1, 10));
        }
        DataStatistics one = Gather(5), other = Gather(6);
        Assert.Equal(9, one.Count);
        Assert.Equal(18, one.Steps);
        Assert.Equal([3.0, 3.0, 3.0], one.ClassWeights);
        Assert.Equal(one.Feature(0), other.Feature(0));
        Assert.NotEqual(one.Hash, other.Hash);
    }

    [Theory]
    [InlineData("feature")]
    [InlineData("label")]
    [InlineData("weight")]
    [InlineData("length")]
    [InlineData("order")]
    public void The_hash_changes_with_all_that_the_data_is(string change)
    {
        static ulong Hash(params (float[] Steps, float Label, float Weight)[] rows)
        {
            var data = new SequenceSet(1);
            foreach ((float[] steps, float label, float weight) in rows)
                data.Add(steps, label, weight);
            return DataStatistics.Of(data).Hash;
        }
        ulong plain = Hash(([1, 2], 0, 1), ([3], 1, 1));
        Assert.Equal(plain, Hash(([1, 2], 0, 1), ([3], 1, 1)));
        Assert.NotEqual(plain, change switch
        {
            "feature" => Hash(([1, 2.0000002f], 0, 1), ([3], 1, 1)),
            "label" => Hash(([1, 2], 0, 1), ([3], 2, 1)),
            "weight" => Hash(([1, 2], 0, 1), ([3], 1, 2)),
            "length" => Hash(([1], 0, 1), ([2, 3], 1, 1)),
            _ => Hash(([3], 1, 1), ([1, 2], 0, 1)),
        });
    }
}
