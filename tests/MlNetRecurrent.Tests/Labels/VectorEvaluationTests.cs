using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Evaluations of labels that are vectors, against ML.NET's of each slot and against counts by hand.</summary>
public sealed class VectorEvaluationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Errors_of_each_slot_are_those_of_a_regression_alone_without_the_missing_labels()
    {
        var random = new Random(1);
        Values[] rows = [.. Enumerable.Range(0, 50).Select(i => new Values
        {
            Label = [i % 5 == 0 ? float.NaN : 100 + 20 * random.NextSingle(), random.NextSingle()],
            Score = [100 + 20 * random.NextSingle(), random.NextSingle()],
        })];
        rows[7].Label[1] = float.NaN;
        rows[10].Label[1] = float.NaN;
        VectorRegressionMetrics found = _ml.Regression.EvaluateVector(_ml.Data.LoadFromEnumerable(rows));
        // Row 10 has no label at all.
        Assert.Equal((49, 2), (found.NumberOfRows, found.PerSlot.Count));
        for (int slot = 0; slot < 2; slot++)
        {
            Single[] alone = [.. rows.Where(row => !float.IsNaN(row.Label[slot])).Select(row => new Single
            {
                Label = row.Label[slot],
                Score = row.Score[slot],
            })];
            RegressionMetrics expected = _ml.Regression.Evaluate(_ml.Data.LoadFromEnumerable(alone));
            Assert.Equal(($"{slot}", alone.Length), (found.PerSlot[slot].Name, found.PerSlot[slot].NumberOfRows));
            AssertNear(expected.MeanAbsoluteError, found.PerSlot[slot].MeanAbsoluteError);
            AssertNear(expected.MeanSquaredError, found.PerSlot[slot].MeanSquaredError);
            AssertNear(expected.RootMeanSquaredError, found.PerSlot[slot].RootMeanSquaredError);
            AssertNear(expected.RSquared, found.PerSlot[slot].RSquared);
        }
        AssertNear(found.PerSlot.Average(slot => slot.MeanAbsoluteError), found.MeanAbsoluteError);
        AssertNear(found.PerSlot.Average(slot => slot.MeanSquaredError), found.MeanSquaredError);
        AssertNear(found.PerSlot.Average(slot => slot.RootMeanSquaredError), found.RootMeanSquaredError);
        AssertNear(found.PerSlot.Average(slot => slot.RSquared), found.RSquared);

        // ML.NET takes the variance of labels from sums of squares, which costs digits.
        static void AssertNear(double expected, double actual) => Assert.Equal(expected, actual, 1e-5 * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void A_slot_without_labels_has_no_metrics_and_no_part_in_the_means()
    {
        Values[] rows = [new() { Label = [1, float.NaN], Score = [2, 3] }, new() { Label = [4, float.NaN], Score = [2, 3] }];
        VectorRegressionMetrics found = _ml.Regression.EvaluateVector(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal((1.5, 2.5), (found.MeanAbsoluteError, found.MeanSquaredError));
        Assert.Equal((0L, double.NaN), (found.PerSlot[1].NumberOfRows, found.PerSlot[1].MeanAbsoluteError));
    }

    [Fact]
    public void The_mean_of_R_squared_leaves_constant_slots_out()
    {
        Values[] rows = [new() { Label = [1, 7], Score = [2, 7] }, new() { Label = [4, 7], Score = [2, 7] }];
        VectorRegressionMetrics found = _ml.Regression.EvaluateVector(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal(double.NaN, found.PerSlot[1].RSquared);
        Assert.Equal(1 - 5 / 4.5, found.RSquared, 1e-12);
        rows[0].Score[1] = 6;
        found = _ml.Regression.EvaluateVector(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal(double.NegativeInfinity, found.PerSlot[1].RSquared);
        Assert.Equal(1 - 5 / 4.5, found.RSquared, 1e-12);
        rows[0].Label[0] = rows[1].Label[0];
        Assert.Equal(double.NaN, _ml.Regression.EvaluateVector(_ml.Data.LoadFromEnumerable(rows)).RSquared);
    }

    [Fact]
    public void Labels_are_counted_as_by_hand()
    {
        Labels[] rows =
        [
            new() { Label = [1, 0, 1], PredictedLabel = [true, false, true] },
            new() { Label = [1, 1, 0], PredictedLabel = [false, true, false] },
            new() { Label = [0, 0, float.NaN], PredictedLabel = [true, false, true] },
            new() { Label = [1, float.NaN, 0], PredictedLabel = [true, true, false] },
            new() { Label = [float.NaN, float.NaN, float.NaN], PredictedLabel = [true, true, true] },
        ];
        MultiLabelClassificationMetrics found = _ml.BinaryClassification.EvaluateMultiLabel(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal(4, found.NumberOfRows);
        // Right, support and predicted: 2, 3, 3; 1, 1, 1; 1, 1, 1.
        Assert.Equal(
            [(2 / 3.0, 2 / 3.0, 2 / 3.0), (1, 1, 1), (1, 1, 1)],
            found.PerLabel.Select(label => (label.Precision, label.Recall, label.F1)));
        Assert.Equal([(3L, 3L, 4L), (1, 1, 3), (1, 1, 3)],
            found.PerLabel.Select(label => (label.Support, label.Predicted, label.NumberOfRows)));
        Assert.Equal(2 * 4 / 10.0, found.MicroF1, 1e-12);
        Assert.Equal((2 / 3.0 + 1 + 1) / 3, found.MacroF1, 1e-12);
        Assert.Equal(2 / 4.0, found.SubsetAccuracy);
        Assert.Equal(2 / 10.0, found.HammingLoss);
    }

    [Fact]
    public void A_label_that_neither_occurs_nor_was_predicted_has_no_part_in_the_mean()
    {
        Labels[] rows = [new() { Label = [1, 0, 0], PredictedLabel = [true, false, true] }];
        MultiLabelClassificationMetrics found = _ml.BinaryClassification.EvaluateMultiLabel(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal((1 / 2.0, 2 / 3.0), (found.MacroF1, found.MicroF1));
        rows = [new() { Label = [0, 0, 0], PredictedLabel = [false, false, false] }];
        found = _ml.BinaryClassification.EvaluateMultiLabel(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal((0, 0, 1, 0), (found.MacroF1, found.MicroF1, found.SubsetAccuracy, found.HammingLoss));
    }

    [Fact]
    public void Columns_that_cannot_be_compared_are_refused_by_name()
    {
        IDataView values = _ml.Data.LoadFromEnumerable([new Values { Label = [1, 2], Score = [1, 2] }]);
        IDataView labels = _ml.Data.LoadFromEnumerable([new Labels { Label = [1, 0, 1], PredictedLabel = [true, true, true] }]);
        IDataView singles = _ml.Data.LoadFromEnumerable([new Single()]);
        AssertRefused<ArgumentOutOfRangeException>(
            () => _ml.Regression.EvaluateVector(values, "Other"), "Label column 'Other' is missing. The data has: Label, Score");
        AssertRefused<ArgumentOutOfRangeException>(
            () => _ml.Regression.EvaluateVector(singles), "Label column 'Label' is Single; expected a vector of Single of known size");
        AssertRefused<ArgumentOutOfRangeException>(
            () => _ml.BinaryClassification.EvaluateMultiLabel(labels, "Label", "Label"),
            "Predicted label column 'Label' is Vector<Single, 3>; expected a vector of Boolean of known size");
        IDataView more = _ml.Transforms.Concatenate("Score", "Score", "Score").Fit(values).Transform(values);
        AssertRefused<InvalidOperationException>(
            () => _ml.Regression.EvaluateVector(more), "Label column 'Label' has 2 values a row, score column 'Score' has 4.");
        IDataView none = _ml.Data.LoadFromEnumerable([new Values { Label = [float.NaN, float.NaN], Score = [1, 2] }]);
        AssertRefused<InvalidOperationException>(
            () => _ml.Regression.EvaluateVector(none), "None of the 1 rows to evaluate has a label in column 'Label'.");
        IDataView empty = _ml.Data.LoadFromEnumerable(Array.Empty<Labels>());
        AssertRefused<InvalidOperationException>(
            () => _ml.BinaryClassification.EvaluateMultiLabel(empty), "The data to evaluate has no rows.");
        IDataView odd = _ml.Data.LoadFromEnumerable([new Labels { Label = [1, 3, 1], PredictedLabel = [true, true, true] }]);
        AssertRefused<InvalidOperationException>(
            () => _ml.BinaryClassification.EvaluateMultiLabel(odd), "row 0 (counted from 0), slot 1 (counted from 0), is 3");
        IDataView infinite = _ml.Data.LoadFromEnumerable([new Values { Label = [1, float.PositiveInfinity], Score = [1, 2] }]);
        AssertRefused<InvalidOperationException>(
            () => _ml.Regression.EvaluateVector(infinite),
            "row 0 (counted from 0), slot 1 (counted from 0), is infinite; a value to evaluate is a finite number.");
    }

    [Fact]
    public void Slots_of_other_names_are_refused_by_name()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Slots { A = 1, B = 2, Yes = true }]);
        IDataView values = Joined(Joined(data, "Label", "A", "B"), "Score", "B", "A");
        AssertRefused<InvalidOperationException>(
            () => _ml.Regression.EvaluateVector(values),
            "Slot 0 (counted from 0) is 'A' in label column 'Label' but 'B' in score column 'Score', so they cannot be compared.");
        IDataView answers = Joined(Joined(data, "Label", "Yes", "No"), "PredictedLabel", "No", "Yes");
        AssertRefused<InvalidOperationException>(
            () => _ml.BinaryClassification.EvaluateMultiLabel(answers),
            "Slot 0 (counted from 0) is 'Yes' in label column 'Label' but 'No' in predicted label column 'PredictedLabel'");
        IDataView same = Joined(Joined(data, "Label", "A", "B"), "Score", "A", "B");
        Assert.Equal(["A", "B"], _ml.Regression.EvaluateVector(same).PerSlot.Select(slot => slot.Name));

        IDataView Joined(IDataView view, string name, params string[] columns) =>
            _ml.Transforms.Concatenate(name, columns).Fit(view).Transform(view);
    }

    private static void AssertRefused<T>(Func<object> action, string expected)
        where T : Exception =>
        Assert.Contains(expected, Assert.Throws<T>(action).Message, StringComparison.Ordinal);

    private sealed class Values
    {
        [VectorType(2)]
        public float[] Label { get; set; } = [];

        [VectorType(2)]
        public float[] Score { get; set; } = [];
    }

    private sealed class Slots
    {
        public float A { get; set; }

        public float B { get; set; }

        public bool Yes { get; set; }

        public bool No { get; set; }
    }

    private sealed class Single
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }

    private sealed class Labels
    {
        [VectorType(3)]
        public float[] Label { get; set; } = [];

        [VectorType(3)]
        public bool[] PredictedLabel { get; set; } = [];
    }
}
