using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Evaluations of a label for each step: all steps of all rows are one slot.</summary>
public sealed class StepEvaluationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Values_of_all_steps_are_one_slot_without_the_missing_ones()
    {
        Values[] rows =
        [
            new() { Label = [1, float.NaN, 3], Score = [2, 9, 3] }, new() { Label = [], Score = [] },
            new() { Label = [7], Score = [5] }, new() { Label = [float.NaN], Score = [1] },
        ];
        VectorRegressionMetrics found = _ml.Regression.EvaluateVector(_ml.Data.LoadFromEnumerable(rows));
        SlotRegressionMetrics slot = Assert.Single(found.PerSlot);
        Assert.Equal((2L, 3L, "0"), (found.NumberOfRows, slot.NumberOfRows, slot.Name));
        Assert.Equal((1, 5 / 3.0), (found.MeanAbsoluteError, found.MeanSquaredError));
        // The labels 1, 3 and 7 have the mean 11/3, from which their squared distances sum to 56/3.
        Assert.Equal(1 - 5 / (56 / 3.0), found.RSquared, 1e-12);
    }

    [Fact]
    public void Answers_of_all_steps_are_one_label_and_a_row_is_right_where_all_its_steps_are()
    {
        Answers[] rows =
        [
            new() { Label = [1, 0, float.NaN], PredictedLabel = [true, false, true] },
            new() { Label = [1, 1], PredictedLabel = [true, false] },
        ];
        MultiLabelClassificationMetrics found = _ml.BinaryClassification.EvaluateMultiLabel(_ml.Data.LoadFromEnumerable(rows));
        LabelClassificationMetrics label = Assert.Single(found.PerLabel);
        Assert.Equal((4L, 3L, 2L), (label.NumberOfRows, label.Support, label.Predicted));
        Assert.Equal((2L, 1 / 2.0, 1 / 4.0), (found.NumberOfRows, found.SubsetAccuracy, found.HammingLoss));
    }

    [Theory]
    [InlineData("Means")]
    [InlineData("Rises")]
    public void Taggers_are_evaluated(string label)
    {
        IDataView data = VectorRow.View(_ml, VectorRow.Generate(50));
        RecurrentOptions options = VectorRow.Options(label);
        long steps = data.GetColumn<float[]>("Means").Sum(row => row.Length);
        long found = label == "Means"
            ? _ml.Regression.EvaluateVector(
                _ml.Regression.Trainers.SequenceTagger(options).Fit(data).Transform(data), label).PerSlot[0].NumberOfRows
            : _ml.BinaryClassification.EvaluateMultiLabel(
                _ml.BinaryClassification.Trainers.SequenceTagger(options).Fit(data).Transform(data), label).PerLabel[0].NumberOfRows;
        Assert.Equal(steps, found);
    }

    [Fact]
    public void Labels_of_a_known_number_of_steps_are_compared_with_predictions_of_variable_length()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Fixed { Label = [1, 2], Score = [1, 4] }]);
        Assert.Equal(2, Assert.Single(_ml.Regression.EvaluateVector(data).PerSlot).MeanSquaredError);
    }

    [Fact]
    public void Rows_of_other_lengths_and_labels_that_are_not_finite_are_refused_with_their_place()
    {
        AssertRefused(
            "Row 1 (counted from 0) has 1 label in column 'Label' but 2 scores in column 'Score'.",
            new Values { Label = [1], Score = [1] }, new() { Label = [1], Score = [1, 2] });
        AssertRefused(
            "row 0 (counted from 0), step 1 (counted from 0), is infinite; a value to evaluate is a finite number.",
            new Values { Label = [1, float.NegativeInfinity], Score = [1, 2] });

        IDataView answers = _ml.Data.LoadFromEnumerable([new Answers { Label = [1, 0], PredictedLabel = [true] }]);
        string message = Assert.Throws<InvalidOperationException>(() => _ml.BinaryClassification.EvaluateMultiLabel(answers)).Message;
        Assert.Equal(
            "Row 0 (counted from 0) has 2 labels in column 'Label' but 1 predicted label in column 'PredictedLabel'.", message);

        void AssertRefused(string expected, params Values[] rows) => Assert.Contains(
            expected,
            Assert.Throws<InvalidOperationException>(() => _ml.Regression.EvaluateVector(_ml.Data.LoadFromEnumerable(rows))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Several_values_a_step_are_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Wide { Label = [1, 2], Score = [1, 2] }]);
        Assert.Contains(
            "Label column 'Label' is Vector<Single, *, 2>; expected a vector of Single of known size, or with one value per step.",
            Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.EvaluateVector(data)).Message, StringComparison.Ordinal);
    }

    private sealed class Values
    {
        public float[] Label { get; set; } = [];

        public float[] Score { get; set; } = [];
    }

    private sealed class Fixed
    {
        [VectorType(2)]
        public float[] Label { get; set; } = [];

        public float[] Score { get; set; } = [];
    }

    private sealed class Wide
    {
        [VectorType(0, 2)]
        public float[] Label { get; set; } = [];

        [VectorType(0, 2)]
        public float[] Score { get; set; } = [];
    }

    private sealed class Answers
    {
        public float[] Label { get; set; } = [];

        public bool[] PredictedLabel { get; set; } = [];
    }
}
