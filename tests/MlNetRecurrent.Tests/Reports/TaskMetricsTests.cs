using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Tests.Reports;

/// <summary>The metrics of the validation part, against numbers computed by hand and by ML.NET's evaluators.</summary>
public sealed class TaskMetricsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Of_the_area_under_the_curve_pairs_of_equal_scores_are_a_half()
    {
        // Positives at 2, 3 and 1, negatives at 1 and 2: of six pairs three are right and two are equal.
        IReadOnlyList<KeyValuePair<string, double>> metrics = Binary([(2, true), (1, false), (3, true), (2, false), (1, true)]);
        Assert.Equal(("AreaUnderRocCurve", 4 / 6.0), (metrics[1].Key, metrics[1].Value));
        Assert.Equal(0.5, Binary([(1, true), (1, false), (1, false)])[1].Value);
        Assert.Equal(1, Binary([(1, true), (-1, false)])[1].Value);
        Assert.Equal(0, Binary([(-1, true), (1, false)])[1].Value);
        Assert.True(double.IsNaN(Binary([(1, true), (2, true)])[1].Value));
    }

    [Fact]
    public void A_logit_of_0_predicts_no()
    {
        Assert.Equal(0.75, Binary([(0, false), (0, true), (1e-6f, true), (-1, false)])[0].Value);
        Assert.Equal("Accuracy", Binary([(0, false)])[0].Key);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Accuracy_and_area_are_those_of_MLNETs_evaluator_also_with_many_equal_scores(int seed)
    {
        var random = new Random(seed);
        (float Score, bool Label)[] rows = [.. Enumerable.Range(0, 200).Select(_ => ((float)random.Next(-3, 4), random.Next(3) == 0))];
        IDataView data = _ml.Data.LoadFromEnumerable(rows.Select(row => new { row.Score, row.Label, PredictedLabel = row.Score > 0 }));
        BinaryClassificationMetrics expected = _ml.BinaryClassification.EvaluateNonCalibrated(data);
        IReadOnlyList<KeyValuePair<string, double>> found = Binary(rows);
        Assert.Equal(expected.Accuracy, found[0].Value, 1e-12);
        Assert.Equal(expected.AreaUnderRocCurve, found[1].Value, 1e-12);
    }

    [Fact]
    public void The_macro_accuracy_is_the_mean_over_the_classes_that_occur()
    {
        var metrics = new MulticlassMetrics(5);
        // Of class 1 two of three are right, of class 3 one of one; class 0 is predicted once, 2 and 4 never occur.
        foreach ((int label, int predicted) in (ReadOnlySpan<(int, int)>)[(1, 1), (1, 1), (1, 0), (3, 3)])
            metrics.Add([label], [.. Enumerable.Range(0, 5).Select(k => k == predicted ? 0.6f : 0.1f)]);
        Assert.Equal([new("MicroAccuracy", 3 / 4.0), new("MacroAccuracy", (2 / 3.0 + 1) / 2)], metrics.Values);
        metrics.Clear();
        metrics.Add([2], [0, 0, 1, 0, 0]);
        Assert.Equal([new("MicroAccuracy", 1), new("MacroAccuracy", 1)], metrics.Values);
    }

    [Fact]
    public void Accuracies_of_a_validation_part_without_some_classes_are_those_of_MLNETs_evaluator()
    {
        Example[] rows = [.. Example.Generate(150).Where((row, i) => i < 100 || row.Label != "blue")];
        for (int i = 0; i < rows.Length; i += 4)
            rows[i].Label = i < 100 ? Example.Classes[i % 3] : "red";
        TrainingProgress? last = null;
        RecurrentOptions options = Example.QuickOptions();
        (options.NumberOfEpochs, options.ValidationFraction, options.ValidateOnLastRows) = (1, 1 - 100.0 / rows.Length, true);
        options.Progress = new SynchronousProgress(progress => last = progress);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(keyed);
        MulticlassClassificationMetrics expected = _ml.MulticlassClassification.Evaluate(model.Transform(_ml.Data.SkipRows(keyed, 100)));
        Assert.NotEqual(expected.MicroAccuracy, expected.MacroAccuracy);
        Assert.Equal(expected.MicroAccuracy, last!.ValidationMetrics[0].Value, 1e-12);
        Assert.Equal(expected.MacroAccuracy, last.ValidationMetrics[1].Value, 1e-12);
    }

    [Fact]
    public void Errors_of_a_regression_are_in_the_unit_of_the_labels()
    {
        var metrics = new MlNetRecurrent.Tasks.RegressionMetrics([new LabelScale(Mean: 100, Deviation: 10)]);
        // The outputs mean 105, 90 and 100: errors of 3, -4 and 0.
        metrics.Add([102], [0.5f]);
        metrics.Add([94], [-1]);
        metrics.Add([100], [0]);
        Assert.Equal(["RootMeanSquaredError", "MeanAbsoluteError"], metrics.Values.Select(metric => metric.Key));
        Assert.Equal(Math.Sqrt(25 / 3.0), metrics.Values[0].Value, 1e-12);
        Assert.Equal(7 / 3.0, metrics.Values[1].Value, 1e-12);
        metrics.Clear();
        metrics.Add([101], [0]);
        Assert.Equal([1, 1], metrics.Values.Select(metric => metric.Value));
    }

    [Fact]
    public void Steps_without_a_label_count_nowhere()
    {
        var metrics = new TaggerMetrics(3, HeadDefinition.Categorical);
        // The first sequence is right where it is labelled, the second is wrong in one of two steps; class 2 never occurs nor is predicted.
        metrics.Add([0, float.NaN, 1], [.. Certain(0), .. Certain(2), .. Certain(1)]);
        metrics.Add([0, 1], [.. Certain(1), .. Certain(1)]);
        metrics.Add([float.NaN], [.. Certain(2)]);
        Assert.Equal(["TokenAccuracy", "SequenceAccuracy", "MacroF1"], metrics.Values.Select(metric => metric.Key));
        Assert.Equal(3 / 4.0, metrics.Values[0].Value, 1e-12);
        Assert.Equal(1 / 2.0, metrics.Values[1].Value, 1e-12);
        // Class 0: precision 1, recall 1/2. Class 1: precision 2/3, recall 1.
        Assert.Equal((2 / 3.0 + 4 / 5.0) / 2, metrics.Values[2].Value, 1e-12);
        metrics.Clear();
        metrics.Add([2], Certain(2));
        Assert.Equal([1, 1, 1], metrics.Values.Select(metric => metric.Value));

        static float[] Certain(int label) => [.. Enumerable.Range(0, 3).Select(k => k == label ? 0.8f : 0.1f)];
    }

    private static IReadOnlyList<KeyValuePair<string, double>> Binary((float Score, bool Label)[] rows)
    {
        var metrics = new BinaryMetrics();
        metrics.Add([1], [-5]);
        metrics.Clear();
        foreach ((float score, bool label) in rows)
            metrics.Add([label ? 1 : 0], [score]);
        return metrics.Values;
    }
}
