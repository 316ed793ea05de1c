using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>The same answers as Boolean, as numbers, and as keys of every type.</summary>
public sealed class BinaryLabelTests
{
    private static readonly string[] _columns = ["Boolean", "Number", "Text", "ByteKey", "UInt32Key", "UInt64Key"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly LogLines _log;

    public BinaryLabelTests() => _log = new(_ml);

    public static TheoryData<string> Columns => [.. _columns];

    public static TheoryData<string> ColumnsThatCanMiss => [.. _columns[1..]];

    [Theory]
    [MemberData(nameof(Columns))]
    public void Labels_of_every_type_teach_the_same(string column)
    {
        IDataView data = Keyed(Answer.Generate(60));
        float[] expected = Scores(Train(data, "Boolean"), data);
        Assert.Equal(expected, Scores(Train(data, column), data));
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [MemberData(nameof(ColumnsThatCanMiss))]
    public void Rows_without_a_label_are_left_out_and_counted(string column)
    {
        Answer[] rows = Answer.Generate(60);
        Answer[] some = [.. rows.Select((row, i) => i % 9 == 4 ? row.WithoutLabel() : row)];
        IDataView present = Keyed([.. rows.Where((_, i) => i % 9 != 4)]);
        Assert.Equal(Scores(Train(present, column), present), Scores(Train(Keyed(some), column), present));
        Assert.Equal("7 rows have no label and are left out. (RecurrentWarning.MissingLabels)", Assert.Single(_log.Warnings));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_without_a_label_are_left_out_of_validation_and_streamed_data_too(bool streamed)
    {
        Answer[] rows = Answer.Generate(80);
        Answer[] some = [.. rows.Select((row, i) => i % 8 == 3 ? row.WithoutLabel() : row)];
        RecurrentOptions options = Options("Number");
        (options.ValidationFraction, options.ValidateOnLastRows) = (0.5, true);
        options.CacheMegabytes = streamed ? 0 : 256;
        TrainingSummary training = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(Keyed(some)).Training;
        Assert.Equal(35, training.Sequences);
        Assert.InRange(training.ValidationLoss!.Value, 0, 1);
    }

    [Theory]
    [InlineData(2f)]
    [InlineData(-1f)]
    [InlineData(0.5f)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_is_neither_0_nor_1_is_an_error_that_names_the_row(float label)
    {
        Answer[] rows = Answer.Generate(20);
        rows[7].Number = label;
        string message = Assert.Throws<InvalidOperationException>(() => Train(Keyed(rows), "Number")).Message;
        Assert.StartsWith(
            FormattableString.Invariant(
                $"Label column 'Number': row 7 (counted from 0) is {label}; a binary label of type Single is 0, 1, or NaN"),
            message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "good", "bad", "neither" }, "3 values")]
    [InlineData(new[] { "good" }, "1 value;")]
    public void Keys_of_more_or_fewer_than_two_values_are_refused(string[] values, string expected)
    {
        Answer[] rows = Answer.Generate(20);
        for (int i = 0; i < rows.Length; i++)
            rows[i].Text = values[i % values.Length];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Text").Fit(data).Transform(data);
        string message = Assert.Throws<InvalidOperationException>(() => Train(keyed, "Text")).Message;
        Assert.StartsWith($"Label column 'Text' has keys of {expected}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_of_another_type_is_refused_without_sending_anyone_to_what_makes_missing_labels_true()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(10));
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.Trainers.Lstm().Fit(data)).Message;
        Assert.Contains(
            "expected Boolean, Single (0, 1, or NaN where it is missing) or keys of two values", message, StringComparison.Ordinal);
        Assert.Contains("ConvertType makes empty text 0 or false, and NaN true", message, StringComparison.Ordinal);
        IDataView numbers = _ml.Data.LoadFromEnumerable([new { Label = float.NaN }]);
        IDataView converted = _ml.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean)
            .Fit(numbers).Transform(numbers);
        Assert.True(converted.GetColumn<bool>("Label").Single());
    }

    [Theory]
    [InlineData("Boolean")]
    [InlineData("Number")]
    [InlineData("Text")]
    [InlineData("UInt64Key")]
    public void MLNETs_evaluators_take_the_same_labels(string column)
    {
        IDataView data = Keyed(Answer.Generate(100, wrong: 10));
        IDataView scored = Train(data, "Boolean").Transform(data);
        CalibratedBinaryClassificationMetrics expected = _ml.BinaryClassification.Evaluate(scored, "Boolean");
        CalibratedBinaryClassificationMetrics found = _ml.BinaryClassification.Evaluate(scored, column);
        Assert.InRange(expected.Accuracy, 0.5, 0.99);
        Assert.Equal(
            (expected.Accuracy, expected.AreaUnderRocCurve, expected.LogLoss),
            (found.Accuracy, found.AreaUnderRocCurve, found.LogLoss));
    }

    [Theory]
    [InlineData("Number")]
    [InlineData("Text")]
    public void Validation_metrics_are_those_of_MLNETs_evaluator(string column)
    {
        TrainingProgress? last = null;
        RecurrentOptions options = Options(column);
        (options.ValidationFraction, options.ValidateOnLastRows) = (0.25, true);
        options.NumberOfEpochs = 1;
        options.Progress = new SynchronousProgress(progress => last = progress);
        Answer[] rows = Answer.Generate(100, wrong: 7);
        RecurrentTransformer model = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(Keyed(rows));
        IDataView validation = model.Transform(_ml.Data.SkipRows(Keyed(rows), 75));
        CalibratedBinaryClassificationMetrics expected = _ml.BinaryClassification.Evaluate(validation, column);
        Assert.Equal(
            [("Accuracy", expected.Accuracy), ("AreaUnderRocCurve", expected.AreaUnderRocCurve)],
            last!.ValidationMetrics.Select(metric => (metric.Key, metric.Value)));
    }

    [Fact]
    public void Cross_validation_takes_keys_and_numbers()
    {
        foreach (string column in (string[])["Number", "Text"])
        {
            RecurrentTrainer trainer = _ml.BinaryClassification.Trainers.Recurrent(Options(column));
            var folds = _ml.BinaryClassification.CrossValidate(
                Keyed(Answer.Generate(90)), trainer, numberOfFolds: 2, labelColumnName: column);
            Assert.All(folds, fold => Assert.InRange(fold.Metrics.Accuracy, 0.7, 1));
        }
    }

    [Fact]
    public void Empty_cells_of_a_text_file_are_missing_as_numbers_and_as_text()
    {
        var text = new StringBuilder("answer\tname\tx\ty\n");
        foreach (Answer row in Answer.Generate(60))
            text.Append(FormattableString.Invariant($"{(row.Boolean ? 1 : 0)}\t{row.Text}\t{row.Features[0]}\t{row.Features[1]}\n"));
        text.Append("\t\t5\t5\n");
        TextLoader loader = _ml.Data.CreateTextLoader(new TextLoader.Options
        {
            Columns = [new("Number", DataKind.Single, 0), new("Text", DataKind.String, 1), new("Features", DataKind.Single, 2, 3)],
            HasHeader = true,
            MissingRealsAsNaNs = true,
        });
        IDataView data = loader.Load(new MemorySource(Encoding.UTF8.GetBytes(text.ToString())));
        Train(data, "Number");
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey(
            "Text", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(data).Transform(data);
        Train(keyed, "Text");
        Assert.Equal(Enumerable.Repeat("1 row has no label and is left out. (RecurrentWarning.MissingLabels)", 2), _log.Warnings);
    }

    [Fact]
    public void The_log_says_which_key_is_true()
    {
        Train(Keyed(Answer.Generate(30)), "Text");
        Assert.Single(_log.Infos, "PredictedLabel is true for 'good', the second key of the label column, and false for 'bad', the first.");
    }

    [Theory]
    [InlineData("yes", "no")]
    [InlineData("True", "False")]
    [InlineData("1", "0")]
    public void Keys_whose_names_say_the_opposite_are_a_warning(string first, string second)
    {
        Answer[] rows = Answer.Generate(30);
        foreach (Answer row in rows)
            row.Text = row.Boolean ? second : first;
        Train(Keyed(rows, first, second), "Text");
        string warning = Assert.Single(_log.Warnings);
        Assert.StartsWith($"PredictedLabel is true for '{second}', the second key of the label column", warning, StringComparison.Ordinal);
        Assert.EndsWith("(RecurrentWarning.LabelOrder)", warning, StringComparison.Ordinal);
        Train(Keyed(rows, second, first), "Text");
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public void The_names_of_the_keys_stay_with_the_model_and_hold_for_what_goes_on_from_it()
    {
        Answer[] rows = Answer.Generate(60);
        IDataView data = Keyed(rows), other = Keyed(rows, "good", "bad");
        RecurrentTransformer model = Train(data, "Text");
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        var loaded = (RecurrentTransformer)_ml.Model.Load(stream, out _);
        Assert.Equal(Scores(model, data), Scores(loaded, data));
        RecurrentTrainer trainer = _ml.BinaryClassification.Trainers.Recurrent(Options("Text"));
        Assert.Equal(Scores(trainer.Fit(data, model), data), Scores(trainer.Fit(data, loaded), data));
        string message = Assert.Throws<ArgumentException>(() => trainer.Fit(other, loaded)).Message;
        Assert.Contains("its label 1 is 'bad', that of the data 'good'", message, StringComparison.Ordinal);
        Assert.Equal(60, _ml.BinaryClassification.Trainers.Recurrent(Options("Boolean")).Fit(data, loaded).Training.Sequences);
    }

    [Fact]
    public void A_training_on_keys_goes_on_from_its_checkpoint()
    {
        string path = Path.GetTempFileName();
        File.Delete(path);
        try
        {
            IDataView data = Keyed([.. Answer.Generate(40), Answer.Generate(1)[0].WithoutLabel()]);
            RecurrentOptions options = Options("Text");
            (options.CheckpointPath, options.NumberOfEpochs) = (path, 2);
            _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data);
            options.NumberOfEpochs = Options("Text").NumberOfEpochs;
            Assert.Equal(Weights.Of(Train(data, "Text")), Weights.Of(_ml.BinaryClassification.Trainers.Recurrent(options).Fit(data)));
            // Keys in the other order are other labels.
            Assert.Throws<InvalidOperationException>(
                () => _ml.BinaryClassification.Trainers.Recurrent(options).Fit(Keyed(Answer.Generate(40), "good", "bad")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void The_schema_before_the_training_is_the_schema_after_it(string column)
    {
        IDataView data = Keyed(Answer.Generate(30));
        SchemaShape promised = _ml.BinaryClassification.Trainers.Recurrent(Options(column)).GetOutputSchema(SchemaShapes.Of(data.Schema));
        SchemaChecks.AssertSame(promised, Train(data, column).Transform(data).Schema);
    }

    [Theory]
    [InlineData("Number")]
    [InlineData("Text")]
    public void Rows_that_all_have_one_label_are_refused_by_its_name(string column)
    {
        Answer[] rows = [.. Answer.Generate(40).Where(row => row.Boolean)];
        string message = Assert.Throws<InvalidOperationException>(() => Train(Keyed(rows), column)).Message;
        string name = column == "Text" ? "'good'" : "True";
        Assert.Contains(
            $"have the same label in column '{column}', {name}: there is nothing to tell apart", message, StringComparison.Ordinal);
    }

    private static RecurrentOptions Options(string column) => new RecurrentOptions
    {
        LabelColumnName = column,
        Layers = [new GruLayer(4)],
        NumberOfEpochs = 5,
        LearningRate = 0.05f,
        Seed = 1,
    }.Planned();

    private RecurrentTransformer Train(IDataView data, string column) =>
        _ml.BinaryClassification.Trainers.Recurrent(Options(column)).Fit(data);

    private static float[] Scores(RecurrentTransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float>("Score")];

    /// <summary>Rows with keys for the text, of which the second is good unless it is said otherwise.</summary>
    private IDataView Keyed(Answer[] rows, string first = "bad", string second = "good")
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView keys = _ml.Data.LoadFromEnumerable([new { Text = first }, new { Text = second }]);
        return _ml.Transforms.Conversion.MapValueToKey("Text", keyData: keys).Fit(data).Transform(data);
    }
}
