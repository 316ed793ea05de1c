using Microsoft.ML;

namespace MlNetRecurrent.Tests;

public sealed class TokenDropoutTests
{
    private const int Size = 4;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Without_it_the_vector_of_unknown_words_is_not_learnt_where_the_dictionary_has_all_words()
    {
        float[] initial = UnknownVector(epochs: 1, dropout: 0);
        Assert.Equal(initial, UnknownVector(epochs: 5, dropout: 0));
        Assert.NotEqual(initial, UnknownVector(epochs: 1, dropout: 0.2f));
    }

    [Fact]
    public void What_is_left_out_does_not_depend_on_the_number_of_threads()
    {
        float[] expected = Weights.Of(Train(epochs: 2, dropout: 0.3f, threads: 1));
        Assert.Equal(expected, Weights.Of(Train(epochs: 2, dropout: 0.3f, threads: 2)));
        Assert.Equal(expected, Weights.Of(Train(epochs: 2, dropout: 0.3f, threads: 8)));
        Assert.NotEqual(expected, Weights.Of(Train(epochs: 2, dropout: 0.31f, threads: 1)));
    }

    [Fact]
    public void Rare_tokens_teach_what_an_unknown_one_means_whatever_the_number_of_threads()
    {
        float[] expected = Weights.Of(Train(epochs: 2, dropout: 0, threads: 1, rare: 0.25f));
        Assert.NotEqual(UnknownVector(epochs: 2, dropout: 0), expected[..Size]);
        Assert.Equal(expected, Weights.Of(Train(epochs: 2, dropout: 0, threads: 2, rare: 0.25f)));
        Assert.NotEqual(expected, Weights.Of(Train(epochs: 2, dropout: 0, threads: 1, rare: 0.5f)));
    }

    [Fact]
    public void Numbers_know_nothing_of_it()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(40));
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        RecurrentOptions options = Example.QuickOptions();
        float[] expected = Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data));
        options.TokenDropout = 0.5f;
        Assert.Equal(expected, Weights.Of(_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data)));
    }

    private float[] UnknownVector(int epochs, float dropout) => Weights.Of(Train(epochs, dropout, threads: 1))[..Size];

    private RecurrentTransformer Train(int epochs, float dropout, int threads, float rare = 0)
    {
        Text[] texts = [.. Enumerable.Range(0, 120).Select(
            i => new Text { Words = [$"word {i % 7}", i % 2 == 0 ? "good" : "bad", $"word {i % 5}"], Label = i % 2 == 0 })];
        IDataView data = _ml.Data.LoadFromEnumerable(texts);
        IDataView keys = _ml.Transforms.Conversion.MapValueToKey("Features", "Words").Fit(data).Transform(data);
        return _ml.BinaryClassification.Trainers.Recurrent(new()
        {
            Layers = [new GruLayer(6)],
            EmbeddingSize = Size,
            BatchSize = 48,
            NumberOfEpochs = epochs,
            TokenDropout = dropout,
            RareTokenDropout = rare,
            NumberOfThreads = threads,
            Seed = 1,
        }).Fit(keys);
    }

    private sealed class Text
    {
        public string[] Words { get; set; } = [];

        public bool Label { get; set; }
    }
}
