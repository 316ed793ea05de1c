using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>A sequence with a label of each kind, and a weight, for each step.</summary>
internal sealed class StepWeightRow
{
    [VectorType(0, 2)]
    public float[] Features { get; set; } = [];

    public float[] Values { get; set; } = [];

    /// <summary>0 and 1.</summary>
    public float[] Answers { get; set; } = [];

    /// <summary>Keys from 1; 0 is a missing one.</summary>
    [KeyType(3)]
    public uint[] Keys { get; set; } = [];

    public float[] Weights { get; set; } = [];

    public float Weight { get; set; } = 1;

    /// <param name="count">The number of rows.</param>
    /// <param name="weight">Makes the weight of each step.</param>
    public static StepWeightRow[] Generate(int count, Func<Random, float> weight)
    {
        Random random = new(1), ofWeights = new(2);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int steps = random.Next(1, 7);
            float[] features = [.. Enumerable.Range(0, 2 * steps).Select(_ => 2 * random.NextSingle() - 1)];
            float[] values = [.. Enumerable.Range(0, steps).Select(t => 3 * features[2 * t] + features[2 * t + 1] * random.NextSingle())];
            return new StepWeightRow
            {
                Features = features,
                Values = values,
                Answers = [.. values.Select(value => value > 0 ? 1f : 0)],
                Keys = [.. values.Select(value => value > 1 ? 3u : value < -1 ? 1u : 2)],
                Weights = [.. values.Select(_ => weight(ofWeights))],
            };
        })];
    }

    /// <summary>The tagger of a catalog, by the name of its label.</summary>
    public static RecurrentTransformer Fit(
        MLContext ml, string label, string? weights, IEnumerable<StepWeightRow> rows, Action<RecurrentOptions>? change = null)
    {
        RecurrentOptions options = VectorRow.Options(label);
        (options.ExampleWeightColumnName, options.BatchSize) = (weights, 16);
        change?.Invoke(options);
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        RecurrentTrainer trainer = label switch
        {
            nameof(Values) => ml.Regression.Trainers.SequenceTagger(options),
            nameof(Answers) => ml.BinaryClassification.Trainers.SequenceTagger(options),
            _ => ml.MulticlassClassification.Trainers.SequenceTagger(options),
        };
        return trainer.Fit(data);
    }
}
