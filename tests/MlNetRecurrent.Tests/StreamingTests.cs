using Microsoft.ML;

namespace MlNetRecurrent.Tests;

public sealed class StreamingTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(0, false)]
    [InlineData(40, false)]
    [InlineData(50, true)]
    [InlineData(1000, true)]
    public void Streamed_data_gives_the_same_model_as_data_in_memory_for_any_number_of_threads(int poolSize, bool validates)
    {
        float[] Train(int cacheMegabytes, int threads)
        {
            RecurrentOptions options = Options(validates);
            options.CacheMegabytes = cacheMegabytes;
            options.ShufflePoolSize = poolSize;
            options.NumberOfThreads = threads;
            return Weights.Of(Fit(options));
        }
        float[] expected = Train(256, threads: 1);
        Assert.Equal(expected, Train(0, threads: 1));
        Assert.Equal(expected, Train(0, threads: 2));
        Assert.Equal(expected, Train(256, threads: 8));
    }

    [Fact]
    public void Pools_are_shuffled_each_by_itself()
    {
        RecurrentOptions all = Options(validates: false), some = Options(validates: false);
        some.ShufflePoolSize = 40;
        Assert.NotEqual(Weights.Of(Fit(all)), Weights.Of(Fit(some)));
    }

    [Fact]
    public void Rows_without_label_or_weight_are_left_out_of_streamed_data_too()
    {
        Example[] rows = Example.Generate(200);
        for (int i = 0; i < rows.Length; i += 5)
            rows[i].Weight = 0;
        float[] Train(Example[] rows, int cacheMegabytes)
        {
            RecurrentOptions options = Options(validates: false);
            options.ExampleWeightColumnName = "Weight";
            options.CacheMegabytes = cacheMegabytes;
            return Weights.Of(Fit(options, rows));
        }
        Assert.Equal(Train([.. rows.Where(row => row.Weight > 0)], 256), Train(rows, 0));
    }

    [Fact]
    public void Data_that_changes_while_it_is_streamed_is_an_error_that_says_so()
    {
        int passes = 0;
        IEnumerable<Example> Rows() => Example.Generate(Interlocked.Increment(ref passes) > 4 ? 90 : 100);
        IDataView data = _ml.Data.LoadFromEnumerable(new Anew(Rows));
        RecurrentOptions options = Options(validates: false);
        options.CacheMegabytes = 0;
        string message = Assert.Throws<InvalidOperationException>(() => Example.Pipeline(_ml, options).Fit(data)).Message;
        Assert.Contains("changed while it was streamed", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("order")]
    [InlineData("label")]
    [InlineData("feature")]
    public void Data_that_has_as_many_rows_but_others_is_an_error_too(string change)
    {
        int passes = 0;
        IEnumerable<Example> Rows()
        {
            Example[] rows = Example.Generate(100);
            if (Interlocked.Increment(ref passes) <= 4)
                return rows;
            if (change == "order")
                return rows.Reverse();
            Example changed = rows[50];
            changed.Label = change == "label" ? Example.Classes.First(name => name != changed.Label) : changed.Label;
            changed.Features[0] += change == "feature" ? 1 : 0;
            return rows;
        }
        RecurrentOptions options = Options(validates: false);
        options.CacheMegabytes = 0;
        string message = Assert.Throws<InvalidOperationException>(
            () => Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(new Anew(Rows)))).Message;
        Assert.Contains("changed while it was streamed", message, StringComparison.Ordinal);
    }

    private RecurrentTransformer Fit(RecurrentOptions options, Example[]? rows = null)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows ?? Example.Generate(230));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey(
            "Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(data).Transform(data);
        return _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(keyed);
    }

    private static RecurrentOptions Options(bool validates)
    {
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 3;
        options.BatchSize = 16;
        if (validates)
            options.ValidationFraction = 0.2;
        return options;
    }
}
