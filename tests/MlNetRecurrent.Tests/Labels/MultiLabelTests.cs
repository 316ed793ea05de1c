using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Binary classification with labels that are vectors of yes or no.</summary>
public sealed class MultiLabelTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("Signs")]
    [InlineData("Numbers")]
    public void Each_slot_is_learned_and_has_a_label_a_score_and_a_probability(string label)
    {
        IDataView data = View(400), test = View(200, seed: 2);
        IDataView scored = Trainer(label, 30).Fit(data).Transform(test);
        Assert.Equal(new VectorDataViewType(BooleanDataViewType.Instance, 2), scored.Schema["PredictedLabel"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 2), scored.Schema["Probability"].Type);
        MultiLabelClassificationMetrics metrics = _ml.BinaryClassification.EvaluateMultiLabel(scored, label);
        Assert.InRange(metrics.MicroF1, 0.93, 1);
        Assert.InRange(metrics.SubsetAccuracy, 0.88, 1);
        foreach ((float[] logits, (float[] probabilities, bool[] labels)) in scored.GetColumn<float[]>("Score").Zip(
            scored.GetColumn<float[]>("Probability").Zip(scored.GetColumn<bool[]>("PredictedLabel"))))
        {
            Assert.Equal(logits.Select(logit => logit > 0), labels);
            Assert.Equal(logits.Select(logit => 1 / (1 + Math.Exp(-logit))), probabilities.Select(p => (double)p), (x, y) =>
                Math.Abs(x - y) < 1e-6);
        }
    }

    [Fact]
    public void All_three_columns_have_the_names_of_the_slots()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(VectorRow.Generate(50).Select(row => new Named
        {
            Features = row.Features,
            Up = row.Signs[0],
            Last = row.Signs[1],
        }));
        data = _ml.Transforms.Concatenate("Both", "Up", "Last").Fit(data).Transform(data);
        DataViewSchema schema = Trainer("Both").Fit(data).Transform(data).Schema;
        Assert.All((string[])["PredictedLabel", "Score", "Probability"], name =>
            Assert.Equal(["Up", "Last"], VectorRow.SlotsOf(schema[name])));
    }

    [Fact]
    public void A_vector_of_one_label_gives_the_weights_of_a_scalar()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(VectorRow.Generate(100).Select(row => new Named
        {
            Features = row.Features,
            Up = row.Signs[0],
        }));
        data = _ml.Transforms.Concatenate("Only", "Up").Fit(data).Transform(data);
        RecurrentTransformer scalar = Trainer("Up").Fit(data), vector = Trainer("Only").Fit(data);
        Assert.Equal(Weights.Of(scalar), Weights.Of(vector));
    }

    [Fact]
    public void A_missing_label_masks_its_slot_alone()
    {
        VectorRow[] rows = VectorRow.Generate(400);
        for (int i = 0; i < rows.Length; i++)
            rows[i].Numbers[i % 2] = float.NaN;
        RecurrentTransformer model = Trainer("Numbers", 30).Fit(VectorRow.View(_ml, rows));
        Assert.Equal(400, model.Training.Sequences);
        IDataView test = View(200, seed: 2);
        Assert.InRange(_ml.BinaryClassification.EvaluateMultiLabel(model.Transform(test), "Numbers").MacroF1, 0.9, 1);
    }

    [Fact]
    public void A_number_that_is_neither_0_nor_1_is_refused_with_its_row_and_slot()
    {
        VectorRow[] rows = VectorRow.Generate(20);
        rows[3].Numbers[1] = 0.5f;
        string message = Assert.Throws<InvalidOperationException>(() => Trainer("Numbers").Fit(VectorRow.View(_ml, rows))).Message;
        Assert.Contains(
            "Label column 'Numbers': row 3 (counted from 0), slot 1 (counted from 0), is 0.5; a binary label", message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_of_variable_size_and_of_keys_are_refused()
    {
        AssertRefused(View(10), "Rises", "is a vector of Boolean of variable length; expected Boolean, Single");
        IDataView keys = _ml.Data.LoadFromEnumerable(VectorRow.Generate(10));
        keys = _ml.Transforms.Conversion.MapValueToKey("Keys", "Signs").Fit(keys).Transform(keys);
        AssertRefused(keys, "Keys", "is a vector of Key<UInt32>; expected Boolean, Single");

        void AssertRefused(IDataView data, string label, string expected)
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer(label).Fit(data)).Message;
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.Contains("or a vector of Boolean or Single of known size", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_label_that_is_always_the_same_is_a_warning_and_an_error_where_all_are()
    {
        VectorRow[] rows = VectorRow.Generate(60);
        foreach (VectorRow row in rows)
            row.Signs[1] = false;
        List<string> warnings = LoggedWarnings.Of(_ml);
        Trainer("Signs").Fit(VectorRow.View(_ml, rows));
        Assert.Contains(warnings, line => line.Contains("the same, or missing, in slot 1 (counted from 0)", StringComparison.Ordinal));
        foreach (VectorRow row in rows)
            row.Signs[0] = true;
        string message = Assert.Throws<InvalidOperationException>(() => Trainer("Signs").Fit(VectorRow.View(_ml, rows))).Message;
        Assert.Equal("All 60 rows to learn from have the same labels in column 'Signs': there is nothing to tell apart.", message);
    }

    [Fact]
    public void Balanced_classes_predict_a_rare_label_more_often()
    {
        var random = new Random(1);
        VectorRow[] rows = VectorRow.Generate(300);
        foreach (VectorRow row in rows)
            row.Signs[1] &= random.Next(3) == 0;
        IDataView data = VectorRow.View(_ml, rows);
        Assert.True(Count(balances: true) > Count(balances: false));

        int Count(bool balances)
        {
            RecurrentOptions options = VectorRow.Options("Signs", 10);
            options.BalanceClasses = balances;
            return _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data).Transform(data)
                .GetColumn<bool[]>("PredictedLabel").Count(labels => labels[1]);
        }
    }

    [Fact]
    public void Metrics_of_the_validation_data_are_those_of_the_evaluation()
    {
        TrainingProgress? last = null;
        RecurrentOptions options = VectorRow.Options("Signs", 2);
        options.Progress = new SynchronousProgress(progress => last = progress);
        IDataView data = View(200), validation = View(50, seed: 2);
        RecurrentTransformer model = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data, validation);
        MultiLabelClassificationMetrics expected = _ml.BinaryClassification.EvaluateMultiLabel(model.Transform(validation), "Signs");
        Assert.Equal(2, model.Training.BestEpoch);
        Assert.Equal(
            [
                ("MicroF1", expected.MicroF1), ("MacroF1", expected.MacroF1), ("SubsetAccuracy", expected.SubsetAccuracy),
                ("HammingLoss", expected.HammingLoss),
            ],
            last!.ValidationMetrics.Select(metric => (metric.Key, metric.Value)));
    }

    [Fact]
    public void A_previous_model_must_have_as_many_labels_and_defaults_are_chosen_too()
    {
        IDataView data = View(120);
        IDataView three = _ml.Transforms.Concatenate("Signs", "Signs", "Signs").Fit(data).Transform(data);
        RecurrentTransformer first = _ml.BinaryClassification.Trainers.Gru("Signs", hiddenSize: 4, numberOfEpochs: 2).Fit(data);
        string message = Assert.Throws<ArgumentException>(() => Trainer("Signs").Fit(three, first)).Message;
        Assert.Contains("its label is a vector of 2, that of column 'Signs' is a vector of 4", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slot_that_a_feature_tells_is_named()
    {
        VectorRow[] rows = VectorRow.Generate(200);
        foreach (VectorRow row in rows)
            row.Features[^1] = row.Signs[1] ? 1 : 0;
        RecurrentOptions options = VectorRow.Options("Signs");
        options.AllowLabelInFeatures = false;
        List<string> warnings = LoggedWarnings.Of(_ml);
        _ml.BinaryClassification.Trainers.Recurrent(options).Fit(VectorRow.View(_ml, rows));
        Assert.Contains(warnings, line => line.StartsWith(
            "In slot 1 (counted from 0), label column 'Signs' is told, without exception, by", StringComparison.Ordinal));
    }

    private IDataView View(int count, int seed = 1) => VectorRow.View(_ml, VectorRow.Generate(count, seed));

    private RecurrentTrainer Trainer(string label, int epochs = 3) =>
        _ml.BinaryClassification.Trainers.Recurrent(VectorRow.Options(label, epochs));

    private sealed class Named
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        public bool Up { get; set; }

        public bool Last { get; set; }
    }
}
