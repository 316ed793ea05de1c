using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A network that reads several columns: sequences of the same length, and values that hold for all steps.</summary>
public sealed class SeveralInputsTests : IDisposable
{
    private const int Machines = 2;

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void What_no_column_says_alone_is_learned_from_all_of_them()
    {
        IDataView train = Load(400, seed: 1), test = Load(200, seed: 2);
        double Accuracy(RecurrentOptions options) => _ml.BinaryClassification
            .Evaluate(_ml.BinaryClassification.Trainers.Recurrent(options).Fit(train).Transform(test)).Accuracy;
        Assert.InRange(Accuracy(Options(epochs: 40)), 0.97, 1);
        foreach (string left in (string[])["Events", "Machine", "Inverted"])
        {
            RecurrentOptions options = Options(epochs: 40);
            options.FeatureColumnNames = [.. options.FeatureColumnNames.Where(name => name != left)];
            options.StaticColumnNames = [.. options.StaticColumnNames.Where(name => name != left)];
            options.EmbeddingSizes = new Dictionary<string, int>();
            Assert.InRange(Accuracy(options), 0.4, 0.9);
        }
    }

    [Fact]
    public void A_loaded_model_predicts_the_same_row_by_row_too()
    {
        IDataView data = Load(60, seed: 1);
        RecurrentTransformer model = Fit(data, Options());
        string path = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, data.Schema, path);
        ITransformer loaded = new MLContext().Model.Load(path, out _);
        float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
        Assert.Equal(expected, loaded.Transform(data).GetColumn<float>("Score"));
        using PredictionEngine<Row, Prediction> engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(loaded);
        Assert.Equal(expected, Generate(60, seed: 1).Select(row => engine.Predict(row).Score));
    }

    [Fact]
    public void Streamed_and_resumed_trainings_give_the_same_weights_for_any_number_of_threads()
    {
        IDataView data = Load(100, seed: 1);
        float[] expected = Weights.Of(Fit(data, Options()));
        RecurrentOptions streamed = Options();
        (streamed.CacheMegabytes, streamed.NumberOfThreads, streamed.ShufflePoolSize) = (0, 3, 1000);
        Assert.Equal(expected, Weights.Of(Fit(data, streamed)));
        using var source = new CancellationTokenSource();
        RecurrentOptions stopped = Options();
        stopped.CheckpointPath = Path.Combine(_folder, "training.ckpt");
        stopped.CheckpointInterval = TimeSpan.Zero;
        stopped.CancellationToken = source.Token;
        stopped.Progress = new SynchronousProgress(progress =>
        {
            if (progress.Epoch == 2)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => Fit(data, stopped));
        (stopped.CancellationToken, stopped.Progress) = (default, null);
        Assert.Equal(expected, Weights.Of(Fit(data, stopped)));
        stopped.EmbeddingSizes = new Dictionary<string, int> { ["Machine"] = 5 };
        Assert.Contains(
            "the fields of a step was 'Features' (2 numbers), 'Events' (2 keys, vectors of size 3), 'Machine' (2 keys, vectors of size 2, "
            + "static), 'Inverted' (1 number, static) and is 'Features' (2 numbers), 'Events' (2 keys, vectors of size 64), 'Machine' (2 "
            + "keys, vectors of size 5, static), 'Inverted' (1 number, static)",
            Refusal(stopped), StringComparison.Ordinal);
        (stopped.EmbeddingSizes, stopped.FeatureColumnNames, stopped.StaticColumnNames) = (new Dictionary<string, int>(), ["Features"], []);
        Assert.Contains("'Inverted' (1 number, static) and is not set", Refusal(stopped), StringComparison.Ordinal);

        string Refusal(RecurrentOptions options) => Assert.Throws<InvalidOperationException>(() => Fit(data, options)).Message;
    }

    [Fact]
    public void A_training_goes_on_with_the_same_columns_only()
    {
        IDataView data = Load(50, seed: 1);
        RecurrentTransformer model = Fit(data, Options());
        Assert.NotEqual(Weights.Of(model), Weights.Of(Trainer(Options()).Fit(data, model)));
        RecurrentOptions fewer = Options(), others = Options(), larger = Options();
        fewer.StaticColumnNames = ["Machine"];
        others.StaticColumnNames = ["Inverted", "Machine"];
        larger.EmbeddingSizes = new Dictionary<string, int> { ["Machine"] = 5, ["Events"] = 1 };
        foreach ((RecurrentOptions options, string message) in ((RecurrentOptions, string)[])
            [
                (fewer, "the number of columns that the network reads is 4 in it, the options say 3"),
                (others, "it reads one of 2 keys a row where column 'Inverted' holds 1 features a row"),
                (larger, "the size of the vectors of the tokens of 'Events' is 3 in it, the options say 1"),
            ])
        {
            string found = Assert.Throws<ArgumentException>(() => Trainer(options).Fit(data, model)).Message;
            Assert.Contains(message, found, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Columns_of_different_lengths_are_refused_with_the_row_and_both_lengths()
    {
        Row[] rows = Generate(10, seed: 1);
        rows[7].Events = [.. rows[7].Events, 1];
        string message = Assert.Throws<InvalidOperationException>(() => Fit(_ml.Data.LoadFromEnumerable(rows), Options())).Message;
        int steps = rows[7].Features.Length / 2;
        Assert.StartsWith(
            $"Row 7 (counted from 0) has {steps} steps in column 'Features' and {steps + 1} in column 'Events'", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Static_values_that_are_no_numbers_are_refused_with_their_place()
    {
        Row[] rows = Generate(10, seed: 1);
        rows[3].Place[1] = float.NaN;
        RecurrentOptions options = Options();
        options.StaticColumnNames = ["Place", "Machine"];
        string message = Assert.Throws<InvalidOperationException>(() => Fit(_ml.Data.LoadFromEnumerable(rows), options)).Message;
        Assert.StartsWith("Static column 'Place': row 3, slot 1 (both counted from 0) is NaN.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Text", "Static column 'Text' is String; expected Single, Boolean, a key, or a vector of Single of known size")]
    [InlineData("Features", "named twice; the network reads each column once. It is one of FeatureColumnNames and one of Static")]
    [InlineData("Label", "'Label' is LabelColumnName and one of StaticColumnNames")]
    [InlineData("Ragged", "whose size may differ from row to row")]
    [InlineData("Nowhere", "Static column 'Nowhere' is missing")]
    [InlineData(" ", "StaticColumnNames")]
    public void Static_columns_that_cannot_be_read_are_refused_by_name(string column, string expected)
    {
        RecurrentOptions options = Options();
        options.StaticColumnNames = ["Machine", column];
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(() => Fit(Load(5, seed: 1), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_of_vectors_are_those_of_columns_that_are_read()
    {
        RecurrentOptions options = Options();
        options.EmbeddingSizes = new Dictionary<string, int> { ["Text"] = 3 };
        Assert.Contains("EmbeddingSizes", Assert.ThrowsAny<ArgumentException>(() => Trainer(options)).Message, StringComparison.Ordinal);
        options.EmbeddingSizes = new Dictionary<string, int> { ["Events"] = 0 };
        string message = Assert.ThrowsAny<ArgumentException>(() => Trainer(options)).Message;
        Assert.Contains("EmbeddingSizes['Events'] must be between 1 and 65536", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Features", "a vector of Single of variable length")]
    [InlineData("Inverted", "Boolean")]
    public void Sizes_of_vectors_are_those_of_columns_of_keys(string column, string type)
    {
        RecurrentOptions options = Options();
        options.EmbeddingSizes = new Dictionary<string, int> { [column] = 3 };
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => Fit(Load(5, seed: 1), options)).Message;
        Assert.StartsWith(
            $"EmbeddingSizes has a size for column '{column}', which is {type}; only columns of keys are embedded.", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_at_least_one_column_of_sequences()
    {
        RecurrentOptions options = Options();
        options.FeatureColumnNames = [];
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Trainer(options));
        Assert.StartsWith("FeatureColumnNames is empty", exception.Message, StringComparison.Ordinal);
        Assert.Equal("FeatureColumnNames", exception.ParamName);
    }

    [Fact]
    public void A_static_column_that_equals_the_label_is_found()
    {
        Row[] rows = Generate(30, seed: 1);
        for (int i = 0; i < rows.Length; i++)
            rows[i].Place[1] = rows[i].Value = i * 7 % 23;
        RecurrentOptions options = Options();
        options.LabelColumnName = "Value";
        options.StaticColumnNames = ["Machine", "Place"];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        string message = Assert.Throws<InvalidOperationException>(() => _ml.Regression.Trainers.Recurrent(options).Fit(data)).Message;
        Assert.Contains(
            "Label column 'Value' equals feature 1 (counted from 0) of the row in column 'Place'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_of_the_columns_is_the_feature_column()
    {
        var options = new RecurrentOptions();
        Assert.Equal(["Features"], options.FeatureColumnNames);
        options.FeatureColumnNames = ["A", "B"];
        Assert.Equal("A", options.FeatureColumnName);
        options.FeatureColumnName = "C";
        Assert.Equal(["C", "B"], options.FeatureColumnNames);
    }

    [Fact]
    public void Validation_data_has_the_same_columns()
    {
        IDataView data = Load(50, seed: 1), other = _ml.Transforms.CopyColumns("Machine", "Inverted").Fit(data).Transform(data);
        Assert.NotNull(Trainer(Options()).Fit(data, Load(20, seed: 2)).Training.ValidationLoss);
        string message = Assert.Throws<InvalidOperationException>(() => Trainer(Options()).Fit(data, other)).Message;
        Assert.StartsWith(
            "Static column 'Machine' of the validation data is Boolean; the training data holds a key", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void An_engine_warns_of_static_columns_beside_a_window_with_a_horizon(int horizon, bool warns)
    {
        IDataView data = Load(40, seed: 1);
        RecurrentOptions options = Options();
        (options.FeatureColumnNames, options.StaticColumnNames, options.EmbeddingSizes) =
            (["Window"], ["Inverted"], new Dictionary<string, int>());
        ITransformer model = _ml.Transforms.SlidingWindow("Window", ["Value", "Place"], windowSize: 3, horizon: horizon)
            .Append(Trainer(options)).Fit(data);
        List<string> warnings = LoggedWarnings.Of(_ml);
        using PredictionEngine<Row, Prediction> engine = _ml.Model.CreatePredictionEngine<Row, Prediction>(model);
        string[] found = [.. warnings.Where(warning => warning.Contains("StaticColumnBesideWindow", StringComparison.Ordinal))];
        Assert.Equal(warns ? 1 : 0, found.Length);
        if (warns)
        {
            Assert.Contains(
                "The static columns 'Inverted' are read from the row that the engine is given", found[0], StringComparison.Ordinal);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RecurrentTrainer Trainer(RecurrentOptions options) => _ml.BinaryClassification.Trainers.Recurrent(options);

    private RecurrentTransformer Fit(IDataView data, RecurrentOptions options) => Trainer(options).Fit(data);

    private static RecurrentOptions Options(int epochs = 3) => new()
    {
        FeatureColumnNames = ["Features", "Events"],
        StaticColumnNames = ["Machine", "Inverted"],
        EmbeddingSizes = new Dictionary<string, int> { ["Machine"] = 2, ["Events"] = 3 },
        Layers = [new LstmLayer(8)],
        NumberOfEpochs = epochs,
        LearningRate = 0.02f,
        Seed = 1,
    };

    private IDataView Load(int count, int seed) => _ml.Data.LoadFromEnumerable(Generate(count, seed));

    /// <summary>Whether the last event is that of the machine, or, where it is inverted, is not.</summary>
    private static Row[] Generate(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int steps = random.Next(1, 5);
            uint[] events = [.. Enumerable.Range(0, steps).Select(_ => (uint)random.Next(1, Machines + 1))];
            uint machine = (uint)random.Next(1, Machines + 1);
            bool inverted = random.Next(2) == 0;
            return new Row
            {
                Features = [.. Enumerable.Range(0, 2 * steps).Select(_ => random.NextSingle())],
                Events = events,
                Machine = machine,
                Inverted = inverted,
                Place = [random.NextSingle(), random.NextSingle()],
                Label = events[^1] == machine != inverted,
            };
        })];
    }

    private sealed class Row
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        [KeyType(Machines)]
        public uint[] Events { get; set; } = [];

        [KeyType(Machines)]
        public uint Machine { get; set; }

        public bool Inverted { get; set; }

        [VectorType(2)]
        public float[] Place { get; set; } = [];

        public float[] Ragged { get; set; } = [1];

        public string Text { get; set; } = "";

        public bool Label { get; set; }

        public float Value { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
