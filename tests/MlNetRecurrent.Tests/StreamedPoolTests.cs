using Microsoft.ML;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Trainers;

namespace MlNetRecurrent.Tests;

public sealed class StreamedPoolTests
{
    private const int Memory = 64 << 20;

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>
    /// A sequence takes 64 bytes, and 4 for each of its numbers: features or a token, and a label where each step has one. There are 2.5
    /// steps on the average.
    /// </summary>
    [Theory]
    [InlineData(3, 0, false, 64 + 4 * 3 * 2.5)]
    [InlineData(3, 0, true, 64 + 4 * 4 * 2.5)]
    [InlineData(3, 7, false, 64 + 4 * 1 * 2.5)]
    [InlineData(3, 7, true, 64 + 4 * 2 * 2.5)]
    public void As_many_rows_are_shuffled_together_as_fill_64_mebibytes(int features, int tokens, bool everyStep, double bytes)
    {
        var data = new SequenceSet(features);
        data.Add(new float[features * 1], label: 0);
        data.Add(new float[features * 4], label: 0);
        NetworkDefinition network = new() { Features = features, Tokens = tokens, EveryStep = everyStep, Layers = [], Outputs = 2 };
        Assert.Equal(Memory / bytes, ShufflePool.SizeFor(DataStatistics.Of(data), network), 1.0);
    }

    [Fact]
    public void A_row_that_is_larger_than_that_is_a_pool_of_its_own()
    {
        var data = new SequenceSet(1);
        data.Add(new float[Memory / 4 + 1000], label: 0);
        Assert.Equal(1, ShufflePool.SizeFor(DataStatistics.Of(data), new() { Features = 1, Layers = [], Outputs = 2 }));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(8, false)]
    public void Data_that_is_larger_than_the_cache_is_read_anew_in_each_epoch(int megabytes, bool streamed)
    {
        int passes = 0;
        IEnumerable<Example> Rows()
        {
            passes++;
            return Enumerable.Range(0, 20).Select(i => new Example { Features = new float[30_000], Label = i % 2 == 0 ? "red" : "green" });
        }
        RecurrentOptions options = OptionEffects.Quick();
        options.CacheMegabytes = megabytes;
        options.Layers = [new ElmanLayer(1)];
        IDataView data = _ml.Data.LoadFromEnumerable(new Anew(Rows));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        passes = 0;
        _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(keyed);
        // Once until it proves too large, once for its figures, and once in each of the two epochs.
        Assert.Equal(streamed ? 4 : 1, passes);
    }

    [Fact]
    public void Data_that_grows_while_it_is_streamed_is_an_error_too()
    {
        int passes = 0;
        IEnumerable<Example> Rows() => Example.Generate(Interlocked.Increment(ref passes) > 3 ? 110 : 100);
        RecurrentOptions options = Example.QuickOptions();
        options.CacheMegabytes = 0;
        options.ValidationFraction = 0.2;
        string message = Assert.Throws<InvalidOperationException>(() => Example.Pipeline(_ml, options)
            .Fit(_ml.Data.LoadFromEnumerable(new Anew(Rows)))).Message;
        Assert.Contains("changed while it was streamed", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_set_aside_must_be_the_same_each_time_too()
    {
        int passes = 0;
        IEnumerable<Example> Rows()
        {
            Example[] rows = Example.Generate(100);
            // The last row, which is set aside.
            rows[^1].Features[0] += Interlocked.Increment(ref passes) > 3 ? 1 : 0;
            return rows;
        }
        RecurrentOptions options = Example.QuickOptions();
        options.CacheMegabytes = 0;
        options.ValidationFraction = 0.2;
        options.ValidateOnLastRows = true;
        string message = Assert.Throws<InvalidOperationException>(() => Example.Pipeline(_ml, options)
            .Fit(_ml.Data.LoadFromEnumerable(new Anew(Rows)))).Message;
        Assert.Contains("changed while it was streamed", message, StringComparison.Ordinal);
    }
}
