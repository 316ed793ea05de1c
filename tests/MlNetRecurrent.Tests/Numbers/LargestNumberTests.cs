using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Numbers;

/// <summary>Options and labels that are as large as their types allow.</summary>
public sealed class LargestNumberTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Largest_options_that_set_no_limit_train_as_the_defaults_do()
    {
        RecurrentOptions options = Options();
        // Automatic would be another pooling where gradients are cut.
        options.Pooling = SequencePooling.Last;
        options.NumberOfEpochs = 3;
        float[] expected = Fit(options);
        (options.ShufflePoolSize, options.CacheMegabytes, options.TruncatedBpttSteps) = (int.MaxValue, int.MaxValue, int.MaxValue);
        Assert.Equal(expected, Fit(options));
        options.CacheMegabytes = 0;
        Assert.Equal(expected, Fit(options));
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant)]
    [InlineData(LearningRateSchedule.Cosine)]
    [InlineData(LearningRateSchedule.OneCycle)]
    public void The_largest_number_of_epochs_ends_by_early_stopping(LearningRateSchedule schedule)
    {
        var reports = new List<TrainingProgress>();
        RecurrentOptions options = Options();
        options.Schedule = schedule;
        options.LearningRate = 0.3f;
        options.NumberOfEpochs = int.MaxValue;
        options.ValidationFraction = 0.25;
        options.EarlyStoppingPatience = 2;
        options.CheckpointInterval = TimeSpan.MaxValue;
        options.Progress = new SynchronousProgress(reports.Add);
        Fit(options);
        Assert.All(reports, report => Assert.InRange(report.Fraction, 0, 1));
        Assert.All(reports[..^1], report => Assert.True(report.TimeLeft > TimeSpan.FromMinutes(1)));
        Assert.True(reports[^1].IsTrainingDone);
    }

    [Fact]
    public void The_largest_patience_trains_all_epochs()
    {
        RecurrentOptions options = Options();
        options.NumberOfEpochs = 4;
        options.ValidationFraction = 0.25;
        options.EarlyStoppingPatience = int.MaxValue;
        Assert.Equal(4, Train(options).Training.Epochs);
    }

    [Fact]
    public void A_training_of_the_largest_number_of_epochs_can_be_cancelled_and_kept()
    {
        using var cancellation = new CancellationTokenSource();
        RecurrentOptions options = Options();
        options.NumberOfEpochs = int.MaxValue;
        options.KeepModelWhenCancelled = true;
        options.CancellationToken = cancellation.Token;
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress.Epoch == 3)
                cancellation.Cancel();
        });
        Assert.InRange(Train(options).Training.Epochs, 2, 3);
    }

    [Theory]
    [InlineData("features")]
    [InlineData("joined steps")]
    [InlineData("embedding")]
    [InlineData("stacks")]
    public void Sizes_whose_product_is_too_large_are_refused_in_words(string sizes)
    {
        var lstm = new LstmLayer(1 << 16) { Bidirectional = true };
        RecurrentOptions options = new()
        {
            Layers = sizes switch
            {
                "stacks" => [new StackLayer(1 << 16) { NumberOfStacks = 1 << 16, StackSize = 1 << 20, Depth = 64 }],
                "joined steps" => [lstm, lstm with { TimeReduction = 1024 }],
                _ => [lstm],
            },
            FeatureColumnName = sizes == "embedding" ? "Tokens" : "Features",
            EmbeddingSize = 1 << 16,
            NumberOfFeatures = sizes == "features" ? 1 << 20 : 0,
            LabelColumnName = "YesNo",
        };
        float[] features = new float[1 << 20];
        IDataView data = _ml.Data.LoadFromEnumerable([new Wide { Features = features, YesNo = true }, new Wide { Features = features }]);
        string message = Assert.Throws<InvalidOperationException>(
            () => _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data)).Message;
        Assert.Contains("at most 1073741824 are possible", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_beyond_Single_is_an_error_that_names_the_row()
    {
        Growth[] rows = [.. Enumerable.Range(0, 60).Select(i => new Growth { Features = [i / 20f], Label = i / 20f * 1e38f })];
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(new()
        {
            Layers = [new ElmanLayer(8) { Activation = ElmanActivation.Relu }],
            NumberOfEpochs = 100,
            LearningRate = 0.02f,
            Seed = 1,
        }).Fit(_ml.Data.LoadFromEnumerable(rows));
        Growth[] test = [rows[10], new() { Features = [1000] }, rows[20]];
        var scores = new List<float>();
        string message = Assert.Throws<InvalidOperationException>(
            () => scores.AddRange(model.Transform(_ml.Data.LoadFromEnumerable(test)).GetColumn<float>("Score"))).Message;
        Assert.StartsWith(
            "Row 1 (counted from 0) cannot be scored: the predicted value is beyond the largest Single",
            message, StringComparison.Ordinal);
        using PredictionEngine<Growth, Answer> engine = _ml.Model.CreatePredictionEngine<Growth, Answer>(model);
        Assert.Throws<InvalidOperationException>(() => engine.Predict(test[1]));
        Assert.InRange(engine.Predict(test[0]).Score, 1e37f, 1e38f);
    }

    private static RecurrentOptions Options() => new() { Layers = [new GruLayer(4)], BatchSize = 16, LearningRate = 0.01f, Seed = 1 };

    private RecurrentTransformer Train(RecurrentOptions options) => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(Data());

    private float[] Fit(RecurrentOptions options) => Weights.Of(Train(options));

    private IDataView Data()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(60));
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
    }

    private sealed class Wide
    {
        public float[] Features { get; set; } = [];

        [KeyType(1 << 16)]
        public uint[] Tokens { get; set; } = [1];

        public bool YesNo { get; set; }
    }

    private sealed class Growth
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Answer
    {
        public float Score { get; set; }
    }
}
