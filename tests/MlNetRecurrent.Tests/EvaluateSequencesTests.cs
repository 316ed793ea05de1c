using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>The metrics of sequence tagging, against numbers computed by hand, by another way, and by ML.NET.</summary>
public sealed class EvaluateSequencesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_metrics_are_those_computed_by_hand()
    {
        SequenceTaggingMetrics metrics = Evaluate(ScoredSequence.ByHand());
        Assert.Equal(5, metrics.NumberOfSteps);
        Assert.Equal(3, metrics.NumberOfSequences);
        Assert.Equal(3 / 5.0, metrics.TokenAccuracy, 1e-12);
        Assert.Equal(1 / 3.0, metrics.SequenceAccuracy, 1e-12);
        Assert.Equal((0.5 + 0.8 + 0) / 3, metrics.MacroF1, 1e-12);
        Assert.Equal(-Math.Log(0.5 * 0.8 * 0.25 * 0.5 * 0.1) / 5, metrics.LogLoss, 1e-7);
        IsLabel(metrics.PerLabel[0], "1", precision: 1 / 2.0, recall: 1 / 2.0, f1: 1 / 2.0, support: 2, predicted: 2);
        IsLabel(metrics.PerLabel[1], "2", precision: 2 / 3.0, recall: 1, f1: 4 / 5.0, support: 2, predicted: 3);
        IsLabel(metrics.PerLabel[2], "3", precision: 0, recall: 0, f1: 0, support: 1, predicted: 0);
        Assert.Equal(3, metrics.PerLabel.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_metrics_are_those_of_a_naive_computation(int seed)
    {
        ScoredSequence[] rows = ScoredSequence.Random(300, seed, missingPredictions: true);
        SequenceTaggingMetrics metrics = Evaluate(rows);
        (uint Label, uint Predicted, float Probability)[][] labelled = [.. rows.Select(Labelled).Where(steps => steps.Length > 0)];
        (uint Label, uint Predicted, float Probability)[] steps = [.. labelled.SelectMany(sequence => sequence)];
        Assert.Equal(labelled.Length, metrics.NumberOfSequences);
        Assert.Equal(steps.Length, metrics.NumberOfSteps);
        Assert.Equal(steps.Average(step => step.Label == step.Predicted ? 1.0 : 0), metrics.TokenAccuracy, 1e-12);
        Assert.Equal(
            labelled.Average(sequence => sequence.All(step => step.Label == step.Predicted) ? 1.0 : 0), metrics.SequenceAccuracy, 1e-12);
        Assert.Equal(steps.Average(step => -Math.Log(Math.Max(1e-15, step.Probability))), metrics.LogLoss, 1e-12);
        var f1 = new List<double>();
        for (uint label = 1; label <= 3; label++)
        {
            double precision = Ratio(steps.Where(step => step.Predicted == label));
            double recall = Ratio(steps.Where(step => step.Label == label));
            f1.Add(precision + recall == 0 ? 0 : 2 / (1 / precision + 1 / recall));
            IsLabel(
                metrics.PerLabel[(int)label - 1], $"{label}", precision, recall, f1[^1],
                steps.Count(step => step.Label == label), steps.Count(step => step.Predicted == label));
        }
        Assert.Equal(f1.Average(), metrics.MacroF1, 1e-12);
    }

    [Fact]
    public void Steps_taken_as_rows_get_the_same_metrics_from_MLNETs_evaluator_also_where_a_label_is_never_predicted()
    {
        ScoredSequence[] rows = ScoredSequence.Random(100, seed: 4, highestPrediction: 2);
        SequenceTaggingMetrics metrics = Evaluate(rows);
        // Where a member is one key, not a vector of them, LoadFromEnumerable counts keys from 0 and takes what is too large for missing.
        IDataView steps = _ml.Data.LoadFromEnumerable(rows.SelectMany(row => row.Label.Select((label, t) =>
            new ScoredStep
            {
                Label = unchecked(label - 1),
                PredictedLabel = row.PredictedLabel[t] - 1,
                Score = row.Score[(3 * t)..(3 * t + 3)],
            })));
        MulticlassClassificationMetrics stock = _ml.MulticlassClassification.Evaluate(steps);
        Assert.Equal(stock.MicroAccuracy, metrics.TokenAccuracy, 1e-12);
        Assert.Equal(stock.LogLoss, metrics.LogLoss, 1e-6);
        Assert.Equal(0, metrics.PerLabel[2].Predicted);
        Assert.Equal(stock.ConfusionMatrix.PerClassPrecision, metrics.PerLabel.Select(label => label.Precision));
        Assert.Equal(stock.ConfusionMatrix.PerClassRecall, metrics.PerLabel.Select(label => label.Recall));
    }

    [Fact]
    public void A_label_that_neither_occurs_nor_is_predicted_is_listed_but_does_not_lower_the_macro_F1()
    {
        SequenceTaggingMetrics metrics = Evaluate([new([1, 2], [1, 2], [1, 0, 0, 0, 1, 0])]);
        Assert.Equal(1, metrics.MacroF1);
        IsLabel(metrics.PerLabel[2], "3", precision: 0, recall: 0, f1: 0, support: 0, predicted: 0);
    }

    [Fact]
    public void A_label_that_is_predicted_but_does_not_occur_lowers_the_macro_F1()
    {
        SequenceTaggingMetrics metrics = Evaluate([new([1, 1], [1, 2], [1, 0, 0, 0, 1, 0])]);
        Assert.Equal((2 / 3.0 + 0) / 2, metrics.MacroF1, 1e-12);
        IsLabel(metrics.PerLabel[1], "2", precision: 0, recall: 0, f1: 0, support: 0, predicted: 1);
    }

    [Fact]
    public void Probabilities_may_be_sparse_and_one_of_0_counts_as_1e_minus_15()
    {
        IDataView data = _ml.Data.LoadFromEnumerable<ScoredSequence>([new([1, 2, 3, 1], [1, 3, 3, 1], [])]);
        data = _ml.Transforms.Conversion.MapKeyToVector("Score", "PredictedLabel").Fit(data).Transform(data);
        Assert.Equal(-Math.Log(1e-15) / 4, _ml.MulticlassClassification.EvaluateSequences(data).LogLoss, 1e-12);
    }

    [Fact]
    public void Keys_may_be_of_any_type_and_sequences_of_fixed_length()
    {
        IDataView data = _ml.Data.LoadFromEnumerable<FixedLength>(
            [new() { Label = [1, 2], PredictedLabel = [1, 3], Score = [0.5f, 0, 0.5f, 0, 0.25f, 0.75f] }]);
        SequenceTaggingMetrics metrics = _ml.MulticlassClassification.EvaluateSequences(data);
        Assert.Equal(0.5, metrics.TokenAccuracy);
        Assert.Equal(-Math.Log(0.5 * 0.25) / 2, metrics.LogLoss, 1e-12);
    }

    [Fact]
    public void Columns_may_have_other_names_and_one_may_be_both_labels_and_predictions()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(ScoredSequence.ByHand());
        data = _ml.Transforms.CopyColumns("Tags", "PredictedLabel")
            .Append(_ml.Transforms.DropColumns("Label", "PredictedLabel")).Fit(data).Transform(data);
        SequenceTaggingMetrics metrics = _ml.MulticlassClassification.EvaluateSequences(
            data, labelColumnName: "Tags", predictedLabelColumnName: "Tags");
        Assert.Equal(1, metrics.TokenAccuracy);
        Assert.Equal(7, metrics.NumberOfSteps);
    }

    [Fact]
    public void The_data_is_read_once()
    {
        int times = 0;
        IEnumerable<ScoredSequence> Rows()
        {
            times++;
            foreach (ScoredSequence row in ScoredSequence.ByHand())
                yield return row;
        }
        _ml.MulticlassClassification.EvaluateSequences(_ml.Data.LoadFromEnumerable(Rows()));
        Assert.Equal(1, times);
    }

    [Fact]
    public void Labels_are_named_by_the_values_of_their_keys()
    {
        Assert.Equal(["noun", "verb", "other"], Names(ScoredSequence.Named(_ml, ["noun", "verb", "other"], ["noun", "verb", "other"])));
        Assert.Equal(["noun", "verb", "other"], Names(ScoredSequence.Named(_ml, ["noun", "verb", "other"], null)));
        Assert.Equal(["noun", "verb", "other"], Names(ScoredSequence.Named(_ml, null, ["noun", "verb", "other"])));

        IEnumerable<string> Names(IDataView data) =>
            _ml.MulticlassClassification.EvaluateSequences(data).PerLabel.Select(label => label.Name);
    }

    [Fact]
    public void Keys_made_by_one_mapping_are_compared_and_those_of_two_that_met_the_values_in_another_order_are_not()
    {
        IDataView data = _ml.Data.LoadFromEnumerable<Unmapped>(
            [new() { Label = [10, 20, 0], PredictedLabel = [20, 20, 10], Score = [0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f] }]);
        InputOutputColumnPair[] columns = [new("Label"), new("PredictedLabel")];
        IDataView values = _ml.Data.LoadFromEnumerable([new { Value = 10 }, new { Value = 20 }]);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey(columns, keyData: values).Fit(data).Transform(data);
        SequenceTaggingMetrics metrics = _ml.MulticlassClassification.EvaluateSequences(keyed);
        Assert.Equal(["10", "20"], metrics.PerLabel.Select(label => label.Name));
        Assert.Equal(0.5, metrics.TokenAccuracy);
        Assert.Equal(2, metrics.NumberOfSteps);

        data = _ml.Data.LoadFromEnumerable<Unmapped>(
            [new() { Label = [10, 20], PredictedLabel = [20, 10], Score = [0.5f, 0.5f, 0.5f, 0.5f] }]);
        IDataView mapped = _ml.Transforms.Conversion.MapValueToKey(columns).Fit(data).Transform(data);
        var exception = Assert.Throws<InvalidOperationException>(() => _ml.MulticlassClassification.EvaluateSequences(mapped));
        Assert.Contains(
            "Key 1 is '10' in label column 'Label' but '20' in predicted label column 'PredictedLabel'",
            exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_is_aligned_and_the_same_in_every_culture()
    {
        SequenceTaggingMetrics metrics = _ml.MulticlassClassification.EvaluateSequences(
            ScoredSequence.Named(_ml, ["noun", "verb", "something else"], null));
        CultureInfo before = CultureInfo.CurrentCulture, comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        string table = metrics.GetFormattedTable();
        CultureInfo.CurrentCulture = before;
        Assert.Equal(
            """
            label           precision  recall      F1  support  predicted
            noun               0.5000  0.5000  0.5000        2          2
            verb               0.6667  1.0000  0.8000        2          3
            something else     0.0000  0.0000  0.0000        1          0

            token accuracy     0.6000
            sequence accuracy  0.3333
            macro F1           0.4333
            log-loss           1.0597
            sequences               3
            labelled steps          5
            """.ReplaceLineEndings(), table);
    }

    private static (uint Label, uint Predicted, float Probability)[] Labelled(ScoredSequence row) =>
        [.. row.Label.Select((label, t) => (label, row.PredictedLabel[t], label == 0 ? 0 : row.Score[3 * t + (int)label - 1]))
            .Where(step => step.label > 0)];

    private static double Ratio(IEnumerable<(uint Label, uint Predicted, float Probability)> steps) =>
        steps.Any() ? (double)steps.Count(step => step.Label == step.Predicted) / steps.Count() : 0;

    private static void IsLabel(
        SequenceLabelMetrics label, string name, double precision, double recall, double f1, long support, long predicted)
    {
        Assert.Equal(name, label.Name);
        Assert.Equal(precision, label.Precision, 1e-12);
        Assert.Equal(recall, label.Recall, 1e-12);
        Assert.Equal(f1, label.F1, 1e-12);
        Assert.Equal(support, label.Support);
        Assert.Equal(predicted, label.Predicted);
    }

    private SequenceTaggingMetrics Evaluate(ScoredSequence[] rows) =>
        _ml.MulticlassClassification.EvaluateSequences(_ml.Data.LoadFromEnumerable(rows));

    private sealed class FixedLength
    {
        [KeyType(3), VectorType(2)]
        public byte[] Label { get; set; } = [];

        [KeyType(3), VectorType(2)]
        public ulong[] PredictedLabel { get; set; } = [];

        [VectorType(2, 3)]
        public float[] Score { get; set; } = [];
    }

    private sealed class Unmapped
    {
        public int[] Label { get; set; } = [];

        public int[] PredictedLabel { get; set; } = [];

        [VectorType(0, 2)]
        public float[] Score { get; set; } = [];
    }
}
