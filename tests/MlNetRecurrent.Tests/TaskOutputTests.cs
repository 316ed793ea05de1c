using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Tests;

/// <summary>What follows from outputs, at the edges.</summary>
public sealed class TaskOutputTests
{
    [Fact]
    public void A_logit_of_0_is_no_and_the_smallest_above_it_is_yes()
    {
        Assert.False(BinaryOutputs.IsPositive(0));
        Assert.False(BinaryOutputs.IsPositive(-float.Epsilon));
        Assert.True(BinaryOutputs.IsPositive(float.Epsilon));
    }

    [Fact]
    public void Of_equally_likely_classes_the_first_is_predicted()
    {
        Assert.Equal(0, MulticlassOutputs.Likeliest([0.4f, 0.4f, 0.2f]));
        Assert.Equal(1, MulticlassOutputs.Likeliest([0.2f, 0.4f, 0.4f]));
        Assert.Equal(2, MulticlassOutputs.Likeliest([0.2f, 0.3f, 0.5f]));
    }

    [Theory]
    [InlineData(2, false, "Vector<Single, 2>")]
    [InlineData(6, false, "Vector<Single, 6>")]
    [InlineData(3, true, "Vector<Single, *, 3>")]
    [InlineData(1, true, "Vector<Single>")]
    public void Several_predictions_for_a_value_have_its_scale_and_the_middle_one_is_measured(int count, bool isTagger, string type)
    {
        LabelScale[] scales = isTagger ? [new(Mean: 100, Deviation: 10)] : [new(Mean: 100, Deviation: 10), new(Mean: 0, Deviation: 1)];
        LabelSlots? slots = isTagger ? null : new(2, ["a", "b"]);
        RecurrentTask task = isTagger ? RecurrentTask.RegressionTagger : RecurrentTask.Regression;
        TaskOutputs outputs = new RegressionOutputs(task, scales, count, slots);
        TaskOutputs restored = TaskOutputs.Restore(outputs.Describe());
        Assert.Equal(outputs.Describe() with { LabelScales = null }, restored.Describe() with { LabelScales = null, Slots = slots });
        OutputColumn score = Assert.Single(restored.Columns);
        Assert.Equal(type, score.Type.ToString());
        int perValue = count / scales.Length;
        // One step, or the label of a sequence: the predictions for a value are 1, 2, 3.
        float[] predictions = [.. Enumerable.Range(0, count).Select(i => 1f + i % perValue)];
        VBuffer<float> scores = default;
        ((ValueGetter<VBuffer<float>>)score.MakeGetter(new StoredRow(predictions)))(ref scores);
        Assert.Equal(predictions.Select((value, i) => i < perValue ? 100 + 10 * value : value), scores.DenseValues());
        TaskMetrics metrics = restored.NewMetrics();
        float middle = predictions[perValue / 2];
        metrics.Add(isTagger ? [100 + 10 * middle - 4] : [100 + 10 * middle - 4, middle + 2], predictions);
        Assert.Equal(isTagger ? 4 : 3, metrics.Values[0].Value, 1e-5);
    }

    [Fact]
    public void The_metrics_of_tags_leave_missing_labels_out_and_count_sequences_by_themselves()
    {
        var metrics = new TaggerMetrics(labels: 2, HeadDefinition.Categorical);
        for (int round = 0; round < 2; round++)
        {
            metrics.Clear();
            metrics.Add([0, float.NaN, 1], [0.9f, 0.1f, 0.2f, 0.8f, 0.8f, 0.2f]);
            metrics.Add([1], [0.3f, 0.7f]);
            metrics.Add([float.NaN], [0.3f, 0.7f]);
            Assert.Equal([("TokenAccuracy", 2 / 3.0), ("SequenceAccuracy", 1 / 2.0), ("MacroF1", 2 / 3.0)],
                metrics.Values.Select(metric => (metric.Key, metric.Value)), (x, y) => x.Item1 == y.Item1
                && Math.Abs(x.Item2 - y.Item2) < 1e-12);
        }
    }
}
