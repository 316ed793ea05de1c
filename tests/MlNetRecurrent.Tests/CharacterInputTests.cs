using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Words whose characters are read beside them.</summary>
public sealed class CharacterInputTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(CharacterEncoder.Convolution)]
    [InlineData(CharacterEncoder.Lstm)]
    public void Words_that_were_not_seen_are_known_by_their_endings(CharacterEncoder encoder)
    {
        IDataView train = Load(300, seed: 1, firstWord: 0), test = Load(100, seed: 2, firstWord: 5000);
        Assert.InRange(Accuracy("Features"), 0.2, 0.55);
        Assert.InRange(Accuracy("Features", "Characters"), 0.97, 1);

        double Accuracy(params string[] columns)
        {
            ITransformer model = Pipeline(columns, epochs: 8, encoder).Fit(train);
            return _ml.MulticlassClassification.EvaluateSequences(model.Transform(test)).TokenAccuracy;
        }
    }

    [Theory]
    [InlineData(CharacterEncoder.Convolution)]
    [InlineData(CharacterEncoder.Lstm)]
    public void A_loaded_model_predicts_the_same_and_an_engine_too(CharacterEncoder encoder)
    {
        IDataView data = Load(40, seed: 1, firstWord: 0);
        ITransformer model = Pipeline(["Features", "Characters"], epochs: 2, encoder).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Score")];
        Assert.Equal(expected, loaded.Transform(data).GetColumn<float[]>("Score"));
        using PredictionEngine<Row, Prediction> engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(loaded);
        Assert.Equal(expected, Generate(40, seed: 1, firstWord: 0).Select(row => engine.Predict(row).Score));
    }

    [Theory]
    [InlineData(CharacterEncoder.Convolution, 5)]
    [InlineData(CharacterEncoder.Lstm, 6)]
    public void Characters_alone_can_be_the_features_of_any_task_streamed_too(CharacterEncoder encoder, int size)
    {
        IDataView data = Load(60, seed: 1, firstWord: 0);
        ITransformer characters = _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words", maximumLength: 6).Fit(data);
        IDataView made = characters.Transform(data);
        Assert.Equal("Vector<Key<UInt32, 0-6>, *, 6>", made.Schema["Characters"].Type.ToString());
        float[] Train(int cacheMegabytes, int threads) => Weights.Of(_ml.Regression.Trainers.Recurrent(new()
        {
            FeatureColumnName = "Characters",
            LabelColumnName = "Value",
            EmbeddingSize = size,
            CharacterEncoder = encoder,
            Layers = [new GruLayer(4)],
            NumberOfEpochs = 2,
            Seed = 1,
            CacheMegabytes = cacheMegabytes,
            ShufflePoolSize = 1000,
            NumberOfThreads = threads,
        }).Fit(made));
        Assert.Equal(Train(256, threads: 1), Train(0, threads: 3));
    }

    [Fact]
    public void A_training_with_an_LSTM_over_characters_goes_on_from_a_checkpoint_or_a_previous_model()
    {
        IDataView data = Load(40, seed: 1, firstWord: 0);
        IDataView made = Keys().Fit(data).Transform(data);
        string path = Path.Combine(Directory.CreateTempSubdirectory("MlNetRecurrent").FullName, "training");
        RecurrentOptions options = Options(["Features", "Characters"], epochs: 4, CharacterEncoder.Lstm);
        (options.Schedule, options.CheckpointInterval) = (LearningRateSchedule.Constant, TimeSpan.Zero);
        float[] expected = Weights.Of(_ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(made));
        options.CheckpointPath = path;
        options.NumberOfEpochs = 2;
        RecurrentTransformer half = _ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(made);
        options.NumberOfEpochs = 4;
        Assert.Equal(expected, Weights.Of(_ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(made)));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        options.CheckpointPath = null;
        _ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(made, half);
        options.CharacterEncoder = CharacterEncoder.Convolution;
        RecurrentTrainer other = _ml.MulticlassClassification.Trainers.SequenceTagger(options);
        Refuses(() => other.Fit(made, half), "CharacterEncoder is Lstm in it, the options say Convolution");
    }

    [Fact]
    public void Options_that_no_encoder_has_are_refused()
    {
        IDataView data = Load(5, seed: 1, firstWord: 0);
        IDataView made = Keys().Fit(data).Transform(data);
        RecurrentOptions options = Options(["Features", "Characters"], epochs: 1, CharacterEncoder.Lstm);
        options.EmbeddingSize = 5;
        Refuses(() => Fit(), "EmbeddingSize must be even where CharacterEncoder is Lstm");
        options.EmbeddingSizes = new Dictionary<string, int> { ["Characters"] = 7 };
        Refuses(() => Fit(), "EmbeddingSizes['Characters'] must be even where CharacterEncoder is Lstm");
        options.EmbeddingSizes = new Dictionary<string, int> { ["Characters"] = 8 };
        Fit();
        options.CharacterEncoder = (CharacterEncoder)2;
        Refuses(() => Fit(), "CharacterEncoder must be Convolution or Lstm");

        object Fit() => _ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(made);
    }

    [Fact]
    public void Shorter_words_end_with_missing_keys_and_of_longer_ones_both_ends_are_kept()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row { Words = ["abc", "", "abcdefg"] }]);
        IDataView made = _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words", maximumLength: 5).Fit(data).Transform(data);
        Assert.Equal([1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 6, 7], made.GetColumn<uint[]>("Characters").Single());
        IDataView other = _ml.Data.LoadFromEnumerable([new Row { Words = ["?"] }]);
        ITransformer fitted = _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words", 5, maximumNumberOfKeys: 2).Fit(data);
        Assert.Equal([0, 0, 0, 0, 0], fitted.Transform(other).GetColumn<uint[]>("Characters").Single());
    }

    [Fact]
    public void Columns_that_cannot_be_read_so_are_refused()
    {
        IDataView data = Load(5, seed: 1, firstWord: 0);
        Refuses(() => _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Value").Fit(data), "a vector of Text");
        Refuses(() => _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words", maximumLength: 1), "between 2 and 4096");
        Refuses(() => _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words", 5, 0), "between 1 and 1114112");
        IDataView empty = _ml.Data.LoadFromEnumerable([new Row { Words = ["", ""] }]);
        Refuses(() => _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words").Fit(empty), "no character in any of the 1 rows");
        RecurrentTransformer network = Pipeline(["Features", "Characters"], epochs: 1).Fit(data).LastTransformer;
        IDataView shorter = _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words", maximumLength: 4).Fit(data).Transform(data);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Features", "Words").Fit(shorter).Transform(shorter);
        Refuses(() => network.Transform(keyed), "the model was trained on 8 characters a step");
    }

    private static void Refuses(Func<object> action, string message) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(action).Message, StringComparison.Ordinal);

    private EstimatorChain<RecurrentTransformer> Pipeline(
        string[] columns, int epochs, CharacterEncoder encoder = CharacterEncoder.Convolution) =>
        Keys().Append(_ml.MulticlassClassification.Trainers.SequenceTagger(Options(columns, epochs, encoder)));

    private EstimatorChain<ITransformer> Keys() =>
        new EstimatorChain<ITransformer>()
            .Append(_ml.Transforms.Conversion.MapValueToKey("Features", "Words"))
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Tags"))
            .Append<ITransformer>(_ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words", maximumLength: 8));

    private static RecurrentOptions Options(string[] columns, int epochs, CharacterEncoder encoder) => new()
    {
        FeatureColumnNames = columns,
        EmbeddingSize = 16,
        CharacterEncoder = encoder,
        Layers = [new LstmLayer(8)],
        NumberOfEpochs = epochs,
        LearningRate = 0.02f,
        Seed = 1,
    };

    private IDataView Load(int count, int seed, int firstWord) => _ml.Data.LoadFromEnumerable(Generate(count, seed, firstWord));

    /// <summary>Words of any letters, whose ending tells their tag.</summary>
    private static Row[] Generate(int count, int seed, int firstWord)
    {
        string[] endings = ["ba", "cd", "ab"];
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            int[] tags = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(endings.Length))];
            return new Row
            {
                Words = [.. tags.Select(tag => Spell(firstWord + random.Next(4000)) + endings[tag])],
                Tags = [.. tags.Select(tag => endings[tag])],
                Value = number % 7,
            };
        })];
    }

    /// <summary>A number in letters from a to g.</summary>
    private static string Spell(int number) =>
        string.Concat(Enumerable.Range(0, 6).Select(i => (char)('a' + number / (int)Math.Pow(7, i) % 7)));

    private sealed class Row
    {
        public string[] Words { get; set; } = [];

        public string[] Tags { get; set; } = [];

        public float Value { get; set; }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
