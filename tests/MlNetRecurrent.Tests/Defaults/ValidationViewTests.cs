using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>Trainings that validate on a view of its own.</summary>
public sealed class ValidationViewTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;
    private readonly TaskRow[] _rows = TaskRow.Generate(60), _others = TaskRow.Generate(25, seed: 2);

    public static TheoryData<string> Tasks => [.. TaskRow.Tasks];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Loss_and_metrics_are_those_of_its_rows_and_no_row_of_the_training_data_is_set_aside(string task)
    {
        var epochs = new List<TrainingProgress>();
        RecurrentOptions options = Options();
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress.IsEpochDone)
                epochs.Add(progress);
        });
        RecurrentTransformer model = TaskRow.Trainer(_ml, task, options).Fit(View(_rows), View(_others));
        Assert.Equal((60, 0.0), (model.Training.Sequences, model.Training.ValidationFraction));
        TrainingProgress best = epochs[model.Training.BestEpoch - 1];
        Assert.Equal(epochs.Min(epoch => epoch.ValidationLoss), best.ValidationLoss);
        IDataView scored = model.Transform(View(_others));
        (double loss, double metric) = task switch
        {
            "binary" => _ml.BinaryClassification.Evaluate(scored, "Answer") is var m ? (m.LogLoss * Math.Log(2), m.Accuracy) : default,
            "multiclass" => _ml.MulticlassClassification.Evaluate(scored, "Class") is var m ? (m.LogLoss, m.MicroAccuracy) : default,
            "regression" => _ml.Regression.Evaluate(scored, "Value") is var m ? (m.MeanSquaredError, m.RootMeanSquaredError) : default,
            _ => _ml.MulticlassClassification.EvaluateSequences(scored, "Tags") is var m ? (m.LogLoss, m.TokenAccuracy) : default,
        };
        Assert.Equal(1, model.Training.ValidationLoss!.Value / loss, 1e-4);
        Assert.Equal(model.Training.ValidationLoss, best.ValidationLoss);
        Assert.Equal(metric, best.ValidationMetrics[0].Value, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Streamed_views_give_the_same_weights_as_cached_ones(string task)
    {
        RecurrentOptions options = Options();
        RecurrentTransformer cached = TaskRow.Trainer(_ml, task, options).Fit(View(_rows), View(_others));
        options.CacheMegabytes = 0;
        RecurrentTransformer streamed = TaskRow.Trainer(_ml, task, options).Fit(View(_rows), View(_others));
        Assert.Equal(Weights.Of(cached), Weights.Of(streamed));
        Assert.Equal(
            (cached.Training.BestEpoch, cached.Training.ValidationLoss),
            (streamed.Training.BestEpoch, streamed.Training.ValidationLoss));
    }

    [Fact]
    public void Its_rows_change_nothing_in_what_an_epoch_learns()
    {
        RecurrentOptions options = Options();
        options.NumberOfEpochs = 1;
        TaskRow[] far = TaskRow.Generate(25, seed: 2);
        foreach (TaskRow row in far)
            (row.Features[0], row.Value) = (1000, 1000);
        float[] alone = Weights.Of(TaskRow.Trainer(_ml, "regression", options).Fit(View(_rows)));
        Assert.Equal(alone, Weights.Of(TaskRow.Trainer(_ml, "regression", options).Fit(View(_rows), View(_others))));
        Assert.Equal(alone, Weights.Of(TaskRow.Trainer(_ml, "regression", options).Fit(View(_rows), View(far))));
    }

    [Fact]
    public void Where_300_rows_would_have_been_validated_on_a_part_the_view_takes_its_place()
    {
        RecurrentOptions options = Options();
        options.NumberOfEpochs = 1;
        TrainingSummary training = TaskRow.Trainer(_ml, "binary", options).Fit(View(TaskRow.Generate(2000)), View(_others)).Training;
        Assert.Equal((2000, 0.0, 1), (training.Sequences, training.ValidationFraction, training.BestEpoch));
    }

    [Fact]
    public void Patience_ends_the_training_by_its_loss()
    {
        RecurrentOptions options = Options();
        (options.NumberOfEpochs, options.EarlyStoppingPatience, options.LearningRate) = (300, 3, 0.05f);
        TrainingSummary training = TaskRow.Trainer(_ml, "multiclass", options).Fit(View(_rows), View(_others)).Training;
        // The rate rises up to epoch 90.
        Assert.Equal(Math.Max(training.BestEpoch, 90) + 3, training.Epochs);
        options.Schedule = LearningRateSchedule.OneCycle;
        training = TaskRow.Trainer(_ml, "multiclass", options).Fit(View(_rows), View(_others)).Training;
        Assert.Equal((training.BestEpoch + 3, true), (training.Epochs, training.Epochs < 90));
    }

    [Fact]
    public void A_training_goes_on_from_its_checkpoint_to_the_same_weights()
    {
        RecurrentOptions options = Options();
        options.NumberOfEpochs = 8;
        RecurrentTransformer whole = TaskRow.Trainer(_ml, "multiclass", options).Fit(View(_rows), View(_others));
        using var source = new CancellationTokenSource();
        options.CheckpointPath = Path.Combine(_folder, "training.ckpt");
        options.CancellationToken = source.Token;
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress is { IsEpochDone: true, Epoch: 3 })
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => TaskRow.Trainer(_ml, "multiclass", options).Fit(View(_rows), View(_others)));
        (options.CancellationToken, options.Progress) = (default, null);
        RecurrentTrainer again = TaskRow.Trainer(_ml, "multiclass", options);
        // The rows to validate on are part of the training: others choose other weights.
        string message = Assert.Throws<InvalidOperationException>(() => again.Fit(View(_rows), View(_others[1..]))).Message;
        Assert.Contains("the hash of the data was", message, StringComparison.Ordinal);
        Assert.Equal(Weights.Of(whole), Weights.Of(again.Fit(View(_rows), View(_others))));
    }

    [Fact]
    public void A_view_whose_keys_stand_for_other_values_is_refused()
    {
        IDataView labels = Keyed("Label", "red", "green"), swapped = Keyed("Label", "green", "red");
        RecurrentTrainer trainer = _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions());
        Refuse(trainer, labels, swapped, "Label column 'Label' of the validation data is ");
        IDataView tokens = Keyed("Words", "red", "green"), other = Keyed("Words", "green", "red");
        RecurrentOptions options = Options();
        (options.FeatureColumnName, options.LabelColumnName) = ("Words", "Number");
        RecurrentTrainer ofTokens = _ml.Regression.Trainers.Recurrent(options);
        Refuse(
            ofTokens, tokens, other,
            "Feature column 'Words' of the validation data has 2 keys, as many as the training data holds, but other values");
    }

    [Fact]
    public void A_view_of_other_features_is_refused()
    {
        RecurrentTrainer trainer = TaskRow.Trainer(_ml, "regression", Options());
        IDataView wide = _ml.Data.LoadFromEnumerable([new Wide { Features = new float[3], Value = 1 }]);
        Refuse(
            trainer, View(_rows), wide,
            "Feature column 'Features' of the validation data is Vector<Single, *, 3>; the training data holds 2 features a step.");
    }

    [Theory]
    [InlineData("Features", "Feature column 'Features' is missing. The validation data has: Tokens, ")]
    [InlineData("Answer", "Label column 'Answer' is missing. The validation data has: Features, ")]
    [InlineData("Value", "Example weight column 'Value' is missing. The validation data has: Features, ")]
    public void A_view_without_a_column_is_refused_by_its_name(string column, string expected)
    {
        RecurrentOptions options = Options();
        options.ExampleWeightColumnName = "Value";
        RecurrentTrainer trainer = TaskRow.Trainer(_ml, "binary", options);
        IDataView less = _ml.Transforms.DropColumns(column).Fit(View(_others)).Transform(View(_others));
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(View(_rows), less)).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_whose_columns_are_of_another_type_is_refused_as_the_one_of_the_two()
    {
        RecurrentTrainer trainer = TaskRow.Trainer(_ml, "binary", Options());
        IDataView texts = _ml.Transforms.Conversion.ConvertType("Answer", outputKind: DataKind.String)
            .Fit(View(_others)).Transform(View(_others));
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(View(_rows), texts)).Message;
        Assert.StartsWith("Label column 'Answer' of the validation data is String; expected ", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(texts, View(_rows))).Message;
        Assert.StartsWith("Label column 'Answer' is String; expected ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(0)]
    public void A_view_without_labels_or_without_rows_is_refused(int cacheMegabytes)
    {
        TaskRow[] unlabelled = TaskRow.Generate(5, seed: 2);
        foreach (TaskRow row in unlabelled)
            row.Value = float.NaN;
        RecurrentOptions options = Options();
        options.CacheMegabytes = cacheMegabytes;
        RecurrentTrainer trainer = TaskRow.Trainer(_ml, "regression", options);
        foreach (TaskRow[] rows in (TaskRow[][])[unlabelled, []])
            Refuse(trainer, View(_rows), View(rows), "The validation data has no row with a label in column 'Value'.");
        Refuse(trainer, View([]), View(_others), "The training data has no row with a label in column 'Value'.");
    }

    [Fact]
    public void A_part_of_the_training_data_cannot_validate_too()
    {
        RecurrentOptions options = Options();
        options.ValidationFraction = 0.2;
        RecurrentTrainer trainer = TaskRow.Trainer(_ml, "regression", options);
        const string expected = "ValidationFraction is 0.2, and there is validation data: only one of them can validate.";
        Refuse(trainer, View(_rows), View(_others), expected);
        Assert.Throws<ArgumentNullException>("validationData", () => trainer.Fit(View(_rows), (IDataView)null!));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Refuse(RecurrentTrainer trainer, IDataView training, IDataView validation, string expected)
    {
        string message = Assert.Throws<InvalidOperationException>(() => trainer.Fit(training, validation)).Message;
        Assert.StartsWith(expected, message, StringComparison.Ordinal);
    }

    private static RecurrentOptions Options() => new() { Layers = [new GruLayer(4)], NumberOfEpochs = 4, LearningRate = 0.02f, Seed = 1 };

    private IDataView View(TaskRow[] rows) => _ml.Data.LoadFromEnumerable(rows);

    /// <summary>Examples of two labels, and the same as one word, keys in the order that is given.</summary>
    private IDataView Keyed(string column, string first, string second)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(40).Where(row => row.Label != "blue")
            .Select(row => new Colored { Features = row.Features, Label = row.Label, Words = [row.Label], Number = row.Number }));
        IDataView keys = column == "Label"
            ? _ml.Data.LoadFromEnumerable([new { Label = first }, new { Label = second }])
            : _ml.Data.LoadFromEnumerable([new { Words = first }, new { Words = second }]);
        return _ml.Transforms.Conversion.MapValueToKey(column, keyData: keys).Fit(rows).Transform(rows);
    }

    private sealed class Wide
    {
        [VectorType(0, 3)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }
    }

    private sealed class Colored
    {
        [VectorType(0, Example.FeaturesOfAStep)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";

        public string[] Words { get; set; } = [];

        public float Number { get; set; }
    }
}
