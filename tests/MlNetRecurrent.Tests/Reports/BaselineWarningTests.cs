using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Trainers;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Tests.Reports;

/// <summary>A training that ends worse than a constant would be.</summary>
public sealed class BaselineWarningTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly LogLines _log;

    public BaselineWarningTests() => _log = new(_ml);

    public static TheoryData<string> Tasks => ["binary", "multiclass", "regression", "tagger"];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Too_large_a_learning_rate_is_a_warning_that_says_what_to_try(string task)
    {
        float rate = task == "regression" ? 3 : 100;
        RecurrentTransformer model = Train(task, Options(rate));
        string warning = Assert.Single(_log.Warnings);
        string baseline = task switch { "binary" => "0.6931", "regression" => "", _ => "1.099" };
        Assert.StartsWith(
            FormattableString.Invariant($"After the training the loss is {model.Training.FinalLoss:G4}, above the {baseline}"),
            warning, StringComparison.Ordinal);
        Assert.EndsWith(
            FormattableString.Invariant($"Try a learning rate below {rate}. (RecurrentWarning.LossAboveBaseline)"),
            warning, StringComparison.Ordinal);
    }

    [Fact]
    public void The_baseline_of_a_regression_is_the_variance_of_its_labels()
    {
        Train("regression", Options(3));
        float[] labels = [.. Rows().Select(row => row.Value)];
        double variance = labels.Average(label => Math.Pow(label - labels.Average(), 2));
        Assert.Contains(
            FormattableString.Invariant($"above the {variance:G4} of a network that predicts the same for every row"),
            Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void An_ordinary_training_of_any_length_has_no_warning(string task)
    {
        foreach (int epochs in (int[])[1, 2, 8])
        {
            foreach (float rate in (float[])[1e-6f, 1e-3f, 0.02f])
            {
                RecurrentOptions options = Options(rate);
                options.NumberOfEpochs = epochs;
                Train(task, options);
                (options.Schedule, options.Pooling) = (LearningRateSchedule.Automatic, SequencePooling.Automatic);
                Train(task, options);
            }
        }
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData("binary", 50)]
    [InlineData("regression", 50)]
    public void Rare_classes_and_outliers_are_no_reason_for_a_warning(string task, int ofSoMany)
    {
        Row[] rows = Rows();
        for (int i = 0; i < rows.Length; i++)
            (rows[i].Answer, rows[i].Value) = (i % ofSoMany == 0, i % ofSoMany == 0 ? 1000 : rows[i].Value);
        RecurrentOptions options = Options(1e-3f);
        options.NumberOfEpochs = 1;
        Train(task, options, rows);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_previous_model_that_learnt_labels_of_another_unit_is_named_as_the_likely_cause()
    {
        RecurrentTransformer celsius = Train("regression", Options(1e-3f));
        Row[] rows = Rows();
        foreach (Row row in rows)
            row.Value *= 100;
        RecurrentTransformer model = Trainer("regression", Options(1e-3f)).Fit(View(rows), celsius);
        double variance = rows.Average(row => Math.Pow(row.Value - rows.Average(other => other.Value), 2));
        string expected = FormattableString.Invariant($"After the training the loss is {model.Training.FinalLoss:G4}, ")
            + FormattableString.Invariant($"above the {variance:G4} of a network that predicts the same for every row. ")
            + "The previous model may have learned labels of another unit. (RecurrentWarning.LossAboveBaseline)";
        Assert.Equal(expected, Assert.Single(_log.Warnings));
    }

    [Fact]
    public void A_previous_model_that_goes_on_with_like_data_has_no_warning()
    {
        foreach (string task in (string[])["binary", "multiclass", "regression", "tagger"])
            Trainer(task, Options(1e-3f)).Fit(View(Rows()), Train(task, Options(1e-3f)));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void Values_that_are_all_the_same_are_a_warning_of_their_own()
    {
        Row[] rows = Rows();
        foreach (Row row in rows)
            row.Value = 7.5f;
        Train("regression", Options(1e-3f), rows);
        Assert.Equal(
            "All labels to learn from are 7.5: the network can learn nothing but this value. (RecurrentWarning.ConstantLabels)",
            Assert.Single(_log.Warnings));
    }

    [Theory]
    [InlineData(null, 0.5, 20, false)]
    [InlineData(null, 20, 0.5, false)]
    [InlineData(null, 20, 20, true)]
    [InlineData(0.1, 20, 20, true)]
    [InlineData(15.0, 20, 20, false)]
    [InlineData(null, 1, 1, false)]
    public void The_first_the_last_and_the_best_loss_count(double? first, double last, double best, bool warns)
    {
        var warnings = new WarningLog(_ml, "Training", WarningPolicy.Log);
        BaselineCheck.Warn(
            warnings, new() { FirstLoss = first, Loss = last, BestEpoch = 1, BestLoss = best }, Math.Log(2), 1, new(), goesOn: false);
        Assert.Equal(warns, _log.Warnings.Count == 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_a_validation_part_the_best_loss_counts_and_streamed_data_is_no_exception(bool streamed)
    {
        RecurrentOptions options = Options(100);
        options.ValidationFraction = 0.25;
        options.CacheMegabytes = streamed ? 0 : 256;
        Train("multiclass", options);
        Assert.Contains("LossAboveBaseline", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_warning_can_be_made_an_error_or_silenced()
    {
        RecurrentOptions options = Options(100);
        options.TreatWarningsAsErrors = true;
        string message = Assert.Throws<InvalidOperationException>(() => Train("binary", options)).Message;
        Assert.EndsWith("(RecurrentWarning.LossAboveBaseline)", message, StringComparison.Ordinal);
        options.IgnoredWarnings = [RecurrentWarning.LossAboveBaseline];
        Train("binary", options);
        Assert.Empty(_log.Warnings);
    }

    private static RecurrentOptions Options(float rate) =>
        new RecurrentOptions { Layers = [new LstmLayer(8)], NumberOfEpochs = 4, LearningRate = rate, BatchSize = 16, Seed = 1 }.Planned();

    private RecurrentTransformer Train(string task, RecurrentOptions options, Row[]? rows = null) =>
        Trainer(task, options).Fit(View(rows ?? Rows()));

    private IDataView View(Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private RecurrentTrainer Trainer(string task, RecurrentOptions options)
    {
        options.LabelColumnName = task switch { "binary" => "Answer", "multiclass" => "Class", "regression" => "Value", _ => "Tags" };
        return task switch
        {
            "binary" => _ml.BinaryClassification.Trainers.Recurrent(options),
            "multiclass" => _ml.MulticlassClassification.Trainers.Recurrent(options),
            "regression" => _ml.Regression.Trainers.Recurrent(options),
            _ => _ml.MulticlassClassification.Trainers.SequenceTagger(options),
        };
    }

    private static Row[] Rows()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 100).Select(_ =>
        {
            float[] features = [.. Enumerable.Range(0, random.Next(2, 6)).Select(_ => random.NextSingle())];
            return new Row
            {
                Features = features,
                Answer = random.Next(2) == 0,
                Class = (uint)random.Next(3),
                Value = 50 + 10 * random.NextSingle(),
                Tags = [.. features.Select(_ => (uint)random.Next(1, 4))],
            };
        })];
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Answer { get; set; }

        [KeyType(3)]
        public uint Class { get; set; }

        public float Value { get; set; }

        [KeyType(3)]
        public uint[] Tags { get; set; } = [];
    }
}
