using Microsoft.ML;
using Microsoft.ML.Data;
using static MlNetRecurrent.Tests.Files.KeyRefusal;

namespace MlNetRecurrent.Tests.Files;

/// <summary>A dictionary of the same size, but of other values or in another order, does not pass as the same.</summary>
public sealed class KeyMeaningTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Other_words_are_refused_in_scoring_and_in_going_on_with_training()
    {
        IDataView data = KeyedRow.Words(_ml, "a", "b", "c");
        RecurrentTrainer trainer = Trainer("Tokens");
        RecurrentTransformer model = trainer.Fit(data);
        foreach (RecurrentTransformer used in (RecurrentTransformer[])[model, Reloaded(model, data)])
        {
            IDataView[] others =
                [KeyedRow.Words(_ml, "a", "b", "d"), KeyedRow.Words(_ml, "a", "c", "b"), KeyedRow.Words(_ml, "ab", "", "c")];
            foreach (IDataView other in others)
            {
                AssertRefused(() => used.Transform(other), "Feature column 'Tokens' has 3 keys");
                AssertRefused(() => used.GetOutputSchema(other.Schema));
                AssertRefused(() => used.GetRowToRowMapper(other.Schema));
                string message = Assert.Throws<ArgumentException>(() => trainer.Fit(other, used)).Message;
                Assert.Contains(Expected, message, StringComparison.Ordinal);
            }
            Assert.Equal(Scores(model, data), Scores(used, KeyedRow.Words(_ml, "a", "b", "c")));
            trainer.Fit(KeyedRow.Words(_ml, "a", "b", "c"), used);
        }
    }

    [Fact]
    public void Labels_in_another_order_are_refused_in_going_on_with_training()
    {
        RecurrentTransformer model = Trainer("Features").Fit(KeyedRow.View(_ml, NumberDataViewType.Int32, [7, 8]));
        foreach (int[] labels in (int[][])[[8, 7], [7, 9], [7, 8, 9]])
        {
            IDataView other = KeyedRow.View(_ml, NumberDataViewType.Int32, labels);
            string message = Assert.Throws<ArgumentException>(() => Trainer("Features").Fit(other, model)).Message;
            Assert.Contains("label", message, StringComparison.Ordinal);
        }
        Assert.NotNull(Trainer("Features").Fit(KeyedRow.View(_ml, NumberDataViewType.Int64, [7L, 8L]), model));
    }

    [Fact]
    public void Other_numbers_and_times_behind_the_keys_are_refused()
    {
        IDataView numbers = Tokens(NumberDataViewType.Single, [1f, 2f]);
        IDataView times = Tokens(DateTimeDataViewType.Instance, [new DateTime(2024, 1, 1), new DateTime(2024, 1, 2)]);
        RecurrentTransformer ofNumbers = Trainer("Tokens").Fit(numbers), ofTimes = Trainer("Tokens").Fit(times);
        AssertRefused(() => ofNumbers.Transform(Tokens(NumberDataViewType.Single, [2f, 1f])));
        AssertRefused(() => ofNumbers.Transform(times));
        AssertRefused(() => ofTimes.Transform(Tokens(DateTimeDataViewType.Instance, [new DateTime(2024, 1, 1), new DateTime(2024, 1, 3)])));
        Assert.Equal(Scores(ofNumbers, numbers), Scores(ofNumbers, Tokens(NumberDataViewType.Double, [1d, 2d])));

        IDataView Tokens<T>(PrimitiveDataViewType item, T[] values) => KeyedRow.View(_ml, NumberDataViewType.Int32, [7, 8], item, values);
    }

    /// <summary>ML.NET's own files lose the kind of times, and halves of surrogate pairs.</summary>
    [Fact]
    public void A_pipeline_that_is_loaded_scores_and_trains_on_whatever_its_keys_are()
    {
        DateTime first = new(2024, 3, 31, 2, 30, 0, DateTimeKind.Utc), second = new(2024, 11, 3, 1, 30, 0, DateTimeKind.Local);
        Check(first, second);
        Check("a\ud800", "b\udc00");

        void Check<T>(T one, T other)
        {
            IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(
                i => new Keyed<T> { Values = [one, i % 2 == 0 ? one : other], Value = i % 2 == 0 ? one : other }));
            RecurrentOptions options = Options("Tokens");
            (options.NumberOfEpochs, options.AllowLabelInFeatures) = (1, true);
            RecurrentTrainer trainer = _ml.MulticlassClassification.Trainers.Recurrent(options);
            ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Tokens", "Values")
                .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Value")).Append(trainer).Fit(data);
            using var file = new MemoryStream();
            _ml.Model.Save(model, data.Schema, file);
            var loaded = (TransformerChain<ITransformer>)_ml.Model.Load(file, out _);
            Assert.Equal(model.Transform(data).GetColumn<uint>("PredictedLabel"), loaded.Transform(data).GetColumn<uint>("PredictedLabel"));
            IDataView prepared = data;
            foreach (ITransformer step in loaded.Where(step => step is not RecurrentTransformer))
                prepared = step.Transform(prepared);
            trainer.Fit(prepared, loaded.OfType<RecurrentTransformer>().Single());
        }
    }

    [Fact]
    public void A_column_that_does_not_say_what_its_keys_stand_for_passes()
    {
        IDataView data = KeyedRow.Words(_ml, "a", "b", "c"), silent = KeyedRow.WordsWithoutNames(_ml, 3);
        RecurrentTrainer trainer = Trainer("Tokens");
        RecurrentTransformer model = trainer.Fit(data), ofSilent = trainer.Fit(silent);
        Assert.Equal(Scores(model, data), Scores(model, silent));
        Assert.Equal(Scores(ofSilent, silent), Scores(ofSilent, KeyedRow.Words(_ml, "x", "y", "z")));
        // What was known before is not forgotten in between.
        RecurrentTransformer goneOn = trainer.Fit(silent, model);
        AssertRefused(() => goneOn.Transform(KeyedRow.Words(_ml, "x", "y", "z")));
        Assert.Null(trainer.Fit(silent, ofSilent).Model.Inputs.First.KeyHash);
        Assert.NotNull(trainer.Fit(data, ofSilent).Model.Inputs.First.KeyHash);
    }

    [Fact]
    public void Characters_of_another_text_are_refused()
    {
        IDataView Texts(params string[] texts) =>
            _ml.Data.LoadFromEnumerable(texts.Select((text, i) => new TextRow { Text = text, Label = i % 2 == 0 }));
        var tokens = _ml.Transforms.TokenizeIntoCharacters("Tokens", "Text", maximumNumberOfKeys: 4);
        IDataView data = Texts("abcd", "dcba"), other = Texts("wxyz", "zyxw");
        ITransformer fitted = tokens.Fit(data);
        RecurrentTransformer model = _ml.BinaryClassification.Trainers.Recurrent(Options("Tokens")).Fit(fitted.Transform(data));
        AssertRefused(() => model.Transform(tokens.Fit(other).Transform(other)), "has 4 keys");
        Assert.Equal(2, model.Transform(fitted.Transform(other)).GetColumn<float>("Score").Count());
        var padded = _ml.Transforms.PadOrTruncate("Tokens", 3);
        IDataView paddedTokens = padded.Fit(fitted.Transform(data)).Transform(fitted.Transform(data));
        RecurrentTransformer ofPadded = _ml.BinaryClassification.Trainers.Recurrent(Options("Tokens")).Fit(paddedTokens);
        IDataView otherTokens = tokens.Fit(other).Transform(other);
        AssertRefused(() => ofPadded.Transform(padded.Fit(otherTokens).Transform(otherTokens)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Keys_that_ZipSteps_made_numbers_of_are_remembered(bool oneHot)
    {
        IDataView data = KeyedRow.Words(_ml, "a", "b", "c"), other = KeyedRow.Words(_ml, "a", "c", "b");
        IEstimator<ITransformer> zip = _ml.Transforms.ZipSteps("Features", ["Tokens"], oneHot);
        ITransformer fitted = zip.Fit(data);
        AssertRefused(() => Reloaded(fitted, data).Transform(other), "Column 'Tokens' has 3 keys");
        Assert.Equal(12, Reloaded(fitted, data).Transform(KeyedRow.WordsWithoutNames(_ml, 3)).GetColumn<float[]>("Features").Count());
        Assert.Equal(12, zip.Fit(other).Transform(other).GetColumn<float[]>("Features").Count());
    }

    private RecurrentTrainer Trainer(string features) => _ml.MulticlassClassification.Trainers.Recurrent(Options(features));

    private static RecurrentOptions Options(string features) =>
        new() { Layers = [new GruLayer(2)], NumberOfEpochs = 1, Seed = 1, FeatureColumnName = features, EmbeddingSize = 2 };

    private T Reloaded<T>(T model, IDataView data)
        where T : ITransformer
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return (T)_ml.Model.Load(stream, out _);
    }

    private static float[][] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score")];

    private sealed class TextRow
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }

    private sealed class Keyed<T>
    {
        public T[] Values { get; set; } = [];

        public T Value { get; set; } = default!;
    }
}
