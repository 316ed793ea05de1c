using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A sequence of steps of three features whose class is that of its largest mean: easy to learn in an instant.</summary>
internal sealed class Example
{
    public const int FeaturesOfAStep = 3;

    public static readonly string[] Classes = ["red", "green", "blue"];

    [VectorType(0, FeaturesOfAStep)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public float Weight { get; set; } = 1;

    /// <summary>The place of the example, to see whether columns that are passed through stay with their row.</summary>
    public int Number { get; set; }

    public static Example[] Generate(int count, int seed = 1, int fixedLength = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            int label = random.Next(Classes.Length), steps = fixedLength > 0 ? fixedLength : random.Next(1, 9);
            return new Example
            {
                Number = number,
                Label = Classes[label],
                Features = [.. Enumerable.Range(0, steps * FeaturesOfAStep)
                    .Select(i => (float)(random.NextDouble() - 0.5 + (i % FeaturesOfAStep == label ? 1 : 0)))],
            };
        })];
    }

    /// <summary>The options that learn these examples in a fraction of a second.</summary>
    public static RecurrentOptions QuickOptions() =>
        new() { Layers = [new LstmLayer(8)], NumberOfEpochs = 10, LearningRate = 0.02f, Seed = 1 };

    /// <summary>Labels to keys, the trainer, and the predicted keys to their values.</summary>
    public static IEstimator<ITransformer> Pipeline(MLContext ml, RecurrentOptions? options = null) =>
        ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.Recurrent(options ?? QuickOptions()))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
}

internal sealed class Prediction
{
    public string Predicted { get; set; } = "";

    public float[] Score { get; set; } = [];
}
