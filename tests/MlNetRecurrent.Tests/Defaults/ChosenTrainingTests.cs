using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>Trainings of which something is chosen, from the data to the model and the log.</summary>
public sealed class ChosenTrainingTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly LogLines _log;

    public ChosenTrainingTests() => _log = new(_ml);

    [Theory]
    [InlineData("binary", 60, 750, 0.1f, 0.1f)]
    [InlineData("regression", 90, 500, 0.03f, 0f)]
    public void The_summary_has_what_was_chosen(string task, int rows, int epochs, float noise, float smoothing)
    {
        TrainingSummary training = Fit(task, Options(), rows).Training;
        Assert.Equal((epochs, 0), (training.NumberOfEpochs, training.EarlyStoppingPatience));
        Assert.Equal(
            (epochs, rows, 32, task == "regression" ? 0.02f : 0.01f),
            (training.Epochs, training.Sequences, training.BatchSize, training.LearningRate));
        Assert.Equal((LearningRateSchedule.OneCycle, SequencePooling.LastMeanMax), (training.Schedule, training.Pooling));
        Assert.Equal(
            (noise, smoothing, 0f, 0.0),
            (training.WeightNoise, training.LabelSmoothing, training.TokenDropout, training.ValidationFraction));
    }

    [Theory]
    [InlineData(0.0, 3, "EarlyStoppingPatience sets 10% of them aside for validation, and none is left for the validation.")]
    [InlineData(0.0, 0, "ValidateOnLastRows sets 10% of them aside for validation, and none is left for the validation.")]
    [InlineData(0.9, 0, "ValidationFraction sets 90% of them aside for validation, and none is left for the training.")]
    public void A_part_that_takes_all_rows_or_none_is_refused_by_the_option_that_asks_for_it(double fraction, int patience, string expected)
    {
        RecurrentOptions options = Options();
        (options.EarlyStoppingPatience, options.ValidateOnLastRows) = (patience, true);
        if (fraction > 0)
            options.ValidationFraction = fraction;
        var exception = Assert.Throws<InvalidOperationException>(() => Fit("binary", options, 3));
        Assert.Equal($"The training data has 3 rows with a label. {expected}", exception.Message);
    }

    [Fact]
    public void Groups_too_small_for_a_part_are_named_by_their_column()
    {
        RecurrentOptions options = Options();
        (options.ValidateOnLastRows, options.ValidationGroupColumnName, options.ValidationFraction) = (true, "Series", 0.01);
        const string expected = "ValidationFraction sets 1% of the rows of each value of column 'Series' aside for validation, "
            + "and none is left for the validation.";
        string message = Assert.Throws<InvalidOperationException>(() => Fit("regression", options, 60)).Message;
        Assert.EndsWith(expected, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chosen_part_leaves_the_only_row_of_a_class_to_the_training()
    {
        for (int seed = 1; seed <= 30; seed++)
        {
            TaskRow[] rows = TaskRow.Generate(300);
            foreach (TaskRow row in rows)
                row.Answer = false;
            rows[150].Answer = true;
            RecurrentOptions options = Options();
            (options.NumberOfEpochs, options.Seed) = (1, seed);
            Assert.Equal(0.1, TaskRow.Trainer(_ml, "binary", options).Fit(_ml.Data.LoadFromEnumerable(rows)).Training.ValidationFraction);
        }
    }

    [Fact]
    public void Whole_numbers_are_written_out()
    {
        RecurrentOptions options = Options();
        (options.NumberOfEpochs, options.EarlyStoppingPatience, options.LearningRate) = (1, 1234, 0.0123456f);
        Fit("multiclass", options, 60);
        string line = Assert.Single(_log.Infos, line => line.StartsWith("Training: ", StringComparison.Ordinal));
        Assert.Contains("learning rate 0.0123, ", line, StringComparison.Ordinal);
        Assert.EndsWith("early stopping patience 1234. * chosen by the trainer.", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_marks_what_was_chosen()
    {
        const string chosen = "batches of 32*, learning rate 0.01*, schedule OneCycle*", legend = " * chosen by the trainer.";
        AssertLogged(
            $"750 epochs*, {chosen}, pooling LastMeanMax*, weight noise 0.1*, label smoothing 0.1*.{legend}", "multiclass", Options());
        AssertLogged("2 epochs, batches of 7, learning rate 0.02, schedule Constant, pooling Last.", "multiclass", new RecurrentOptions
        {
            Layers = [new GruLayer(2)],
            NumberOfEpochs = 2,
            BatchSize = 7,
            LearningRate = 0.02f,
        }.Planned());
        RecurrentOptions options = Options();
        (options.NumberOfEpochs, options.FeatureColumnName, options.LabelSmoothing) = (2, "Tokens", 0.2f);
        AssertLogged(
            $"2 epochs, {chosen}, pooling LastMeanMax*, weight noise 0.1*, label smoothing 0.2, dropout of rare tokens 0.25*.{legend}",
            "binary", options);
        options = Options();
        (options.NumberOfEpochs, options.WeightNoise, options.EarlyStoppingPatience) = (2, 0, 5);
        AssertLogged(
            "2 epochs, batches of 32*, learning rate 0.01*, schedule OneCycle*, label smoothing 0.1*, validation fraction 0.1*, "
            + $"early stopping patience 5.{legend}",
            "tagger", options);
        options = Options();
        (options.LearningRate, options.ValidationFraction, options.Pooling) = (0.02f, 0.5, SequencePooling.Max);
        AssertLogged(
            "1500 epochs*, batches of 32*, learning rate 0.02, schedule OneCycle*, pooling Max, weight noise 0.03*, "
            + "validation fraction 0.5." + legend,
            "regression", options);

        void AssertLogged(string expected, string task, RecurrentOptions options)
        {
            int before = _log.Infos.Count;
            Fit(task, options, 60);
            string line = Assert.Single(_log.Infos.Skip(before), line => line.StartsWith("Training: ", StringComparison.Ordinal));
            Assert.Equal($"Training: {expected}", line);
        }
    }

    [Fact]
    public void A_tenth_of_300_rows_is_set_aside_and_none_of_299()
    {
        RecurrentOptions options = Options();
        options.NumberOfEpochs = 1;
        TrainingSummary less = Fit("binary", options, 299).Training, more = Fit("binary", options, 300).Training;
        Assert.Equal((299, 0.0, null), (less.Sequences, less.ValidationFraction, less.ValidationLoss));
        Assert.Equal((271, 0.1), (more.Sequences, more.ValidationFraction));
        Assert.NotNull(more.ValidationLoss);
    }

    [Fact]
    public void Going_on_with_a_previous_model_takes_a_tenth_of_the_rate()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TaskRow.Generate(40));
        RecurrentTrainer trainer = TaskRow.Trainer(_ml, "binary", Options());
        RecurrentTransformer first = trainer.Fit(data);
        Assert.Equal((0.01f, 0.001f), (first.Training.LearningRate, trainer.Fit(data, first).Training.LearningRate));
    }

    [Fact]
    public void A_tagger_has_no_pooling() => Assert.Null(Fit("tagger", Quick(), 30).Training.Pooling);

    [Theory]
    [InlineData(SequencePooling.Last)]
    [InlineData(SequencePooling.Mean)]
    [InlineData(SequencePooling.LastMeanMax)]
    public void A_training_that_goes_on_keeps_the_pooling(SequencePooling pooling)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TaskRow.Generate(30));
        RecurrentOptions options = Quick();
        options.Pooling = pooling;
        RecurrentTransformer previous = TaskRow.Trainer(_ml, "regression", options).Fit(data);
        options.Pooling = SequencePooling.Automatic;
        Assert.Equal(pooling, TaskRow.Trainer(_ml, "regression", options).Fit(data, previous).Training.Pooling);
    }

    [Fact]
    public void Gradients_that_are_cut_need_the_last_output()
    {
        RecurrentOptions options = Quick();
        options.TruncatedBpttSteps = 2;
        IDataView data = _ml.Data.LoadFromEnumerable(TaskRow.Generate(30));
        RecurrentTrainer trainer = TaskRow.Trainer(_ml, "regression", options);
        Assert.Equal(SequencePooling.Last, trainer.Fit(data).Training.Pooling);
        Assert.Equal(SequencePooling.Last, trainer.Fit(data, Previous(SequencePooling.Max)).Training.Pooling);
        string message = Assert.Throws<ArgumentException>(() => trainer.Fit(data, Previous(SequencePooling.LastMeanMax))).Message;
        Assert.Contains("Pooling is LastMeanMax in it, and TruncatedBpttSteps needs Last", message, StringComparison.Ordinal);

        RecurrentTransformer Previous(SequencePooling pooling)
        {
            RecurrentOptions previous = Quick();
            previous.Pooling = pooling;
            return TaskRow.Trainer(_ml, "regression", previous).Fit(data);
        }
    }

    [Fact]
    public void The_encoding_is_the_pooled_vector_of_three_times_the_units()
    {
        RecurrentOptions options = Quick();
        options.EncodingColumnName = "Encoding";
        IDataView scored = Fit("binary", options, 30).Transform(_ml.Data.LoadFromEnumerable(TaskRow.Generate(5)));
        Assert.Equal(3 * 2, ((VectorDataViewType)scored.Schema["Encoding"].Type).Size);
    }

    [Fact]
    public void Windows_that_overlap_are_not_validated_on_at_random()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(TaskRow.Generate(2100));
        IDataView windows = _ml.Transforms.SlidingWindow("Window", ["Value"], windowSize: 3, horizon: 1).Fit(rows).Transform(rows);
        RecurrentOptions options = Quick();
        options.FeatureColumnName = "Window";
        TrainingSummary training = TaskRow.Trainer(_ml, "regression", options).Fit(windows).Training;
        Assert.Equal((2097, 0.0, null), (training.Sequences, training.ValidationFraction, training.ValidationLoss));
        options.ValidateOnLastRows = true;
        TrainingSummary last = TaskRow.Trainer(_ml, "regression", options).Fit(windows).Training;
        Assert.Equal((1887, 0.1), (last.Sequences, last.ValidationFraction));
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(0)]
    public void The_last_rows_of_each_group_validate_without_a_fraction_that_is_set(int cacheMegabytes)
    {
        RecurrentOptions options = Quick();
        (options.ValidateOnLastRows, options.ValidationGroupColumnName, options.CacheMegabytes) = (true, "Series", cacheMegabytes);
        TrainingSummary training = Fit("regression", options, 60).Training;
        Assert.Equal((48, 0.2), (training.Sequences, training.ValidationFraction));
        Assert.Equal(60, Fit("regression", options.Planned(), 60).Training.Sequences);
    }

    [Theory]
    [InlineData("multiclass", "Features", 100)]
    [InlineData("regression", "Features", 2100)]
    [InlineData("binary", "Tokens", 2100)]
    [InlineData("tagger", "Features", 100)]
    public void Threads_and_streaming_change_nothing(string task, string column, int rows)
    {
        RecurrentOptions options = Options();
        // Where all rows are in a pool, those that are streamed are shuffled alike.
        (options.FeatureColumnName, options.NumberOfThreads, options.ShufflePoolSize) = (column, 1, 1 << 20);
        if (rows > 1000)
            options.NumberOfEpochs = 3;
        RecurrentTransformer one = Fit(task, options, rows);
        options.NumberOfThreads = 3;
        Assert.Equal(Weights.Of(one), Weights.Of(Fit(task, options, rows)));
        options.CacheMegabytes = 0;
        RecurrentTransformer streamed = Fit(task, options, rows);
        Assert.Equal(Weights.Of(one), Weights.Of(streamed));
        Assert.Equal((one.Training.Epochs, one.Training.ValidationLoss), (streamed.Training.Epochs, streamed.Training.ValidationLoss));
    }

    [Theory]
    [InlineData(0, 200, false, new[] { 200, 100, 200, 200, 200 })]
    [InlineData(0, 3000, false, new[] { 1000, 3000, 3000, 3000 })]
    [InlineData(0, 3000, true, new[] { 3000, 3000 })]
    [InlineData(256, 3000, false, new[] { 3000 })]
    public void Streamed_rows_are_counted_no_further_than_the_choice_needs(int cacheMegabytes, int count, bool isPlanned, int[] expected)
    {
        TaskRow[] rows = TaskRow.Generate(count);
        var passes = new List<int>();
        IEnumerable<TaskRow> Rows()
        {
            passes.Add(0);
            foreach (TaskRow row in rows)
            {
                passes[^1]++;
                yield return row;
            }
        }
        RecurrentOptions options = Quick();
        options.CacheMegabytes = cacheMegabytes;
        if (isPlanned)
            options.Planned();
        TaskRow.Trainer(_ml, "regression", options).Fit(_ml.Data.LoadFromEnumerable(new Passes(Rows)));
        Assert.Equal(expected, passes);
    }

    private static RecurrentOptions Options() => new() { Layers = [new GruLayer(2)], Seed = 1 };

    private static RecurrentOptions Quick() => new() { Layers = [new GruLayer(2)], NumberOfEpochs = 1, Seed = 1 };

    private RecurrentTransformer Fit(string task, RecurrentOptions options, int rows) =>
        TaskRow.Trainer(_ml, task, options).Fit(_ml.Data.LoadFromEnumerable(TaskRow.Generate(rows)));

    private sealed class Passes(Func<IEnumerable<TaskRow>> rows) : IEnumerable<TaskRow>
    {
        public IEnumerator<TaskRow> GetEnumerator() => rows().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
