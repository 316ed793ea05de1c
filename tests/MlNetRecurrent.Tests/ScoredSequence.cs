using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A sequence as a tagger of three labels would leave it: true labels, predicted ones, and the probabilities of all.</summary>
internal sealed class ScoredSequence(uint[] label, uint[] predicted, float[] score)
{
    [KeyType(3)]
    public uint[] Label { get; } = label;

    [KeyType(3)]
    public uint[] PredictedLabel { get; } = predicted;

    [VectorType(0, 3)]
    public float[] Score { get; } = score;

    /// <summary>Sequences of 0 to 8 steps; the prediction has the largest score, unless it is missing.</summary>
    public static ScoredSequence[] Random(int count, int seed, uint highestPrediction = 3, bool missingPredictions = false)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var steps = Enumerable.Range(0, random.Next(9)).Select(_ => (
                Label: (uint)random.Next(4),
                Predicted: (uint)random.Next(1, (int)highestPrediction + 1),
                Second: 0.49f * random.NextSingle())).ToArray();
            return new ScoredSequence(
                [.. steps.Select(step => random.Next(2) == 0 ? step.Predicted : step.Label)],
                [.. steps.Select(step => missingPredictions && random.Next(10) == 0 ? 0 : step.Predicted)],
                [.. steps.SelectMany(step => Enumerable.Range(1, 3).Select(label =>
                    label == step.Predicted ? 1 - step.Second : label % 3 + 1 == step.Predicted ? step.Second : 0))]);
        })];
    }

    /// <summary>Five rows: partly right, right except for a step without a label, empty, without a label, and wrong.</summary>
    public static ScoredSequence[] ByHand() =>
    [
        new([1, 2, 3], [1, 2, 1], [0.5f, 0.25f, 0.25f, 0.1f, 0.8f, 0.1f, 0.7f, 0.05f, 0.25f]),
        new([2, 0], [2, 3], [0.25f, 0.5f, 0.25f, 0, 0, 1]),
        new([], [], []),
        new([0], [1], [1, 0, 0]),
        new([1], [2], [0.1f, 0.9f, 0]),
    ];

    /// <summary>The rows computed by hand, whose keys have these values.</summary>
    public static IDataView Named(MLContext ml, string[]? labels, string[]? predictions)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(ScoredSequence));
        Annotate("Label", labels);
        Annotate("PredictedLabel", predictions);
        return ml.Data.LoadFromEnumerable(ByHand(), schema);

        void Annotate(string column, string[]? values)
        {
            if (values is null)
                return;
            VBuffer<ReadOnlyMemory<char>> texts = new(values.Length, [.. values.Select(value => value.AsMemory())]);
            schema[column].AddAnnotation("KeyValues", texts, new VectorDataViewType(TextDataViewType.Instance, values.Length));
        }
    }
}

/// <summary>One such step.</summary>
internal sealed class ScoredStep
{
    [KeyType(3)]
    public uint Label { get; set; }

    [KeyType(3)]
    public uint PredictedLabel { get; set; }

    [VectorType(3)]
    public float[] Score { get; set; } = [];
}
