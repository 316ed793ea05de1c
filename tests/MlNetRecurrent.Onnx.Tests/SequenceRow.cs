using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>A sequence of numbers and one of tokens, of the same length, with a label of every kind.</summary>
internal sealed class SequenceRow
{
    public const int FeaturesOfAStep = 3, KeyCount = 5;

    [VectorType(0, FeaturesOfAStep)]
    public float[] Features { get; set; } = [];

    /// <summary>Steps of two numbers.</summary>
    [VectorType(0, 2)]
    public float[] Other { get; set; } = [];

    /// <summary>Steps of two numbers, which the type does not say.</summary>
    public float[] Plain { get; set; } = [];

    [KeyType(KeyCount)]
    public uint[] Tokens { get; set; } = [];

    public bool Answer { get; set; }

    [KeyType(4)]
    public uint Class { get; set; }

    public float Value { get; set; }

    [KeyType(4)]
    public uint[] Tags { get; set; } = [];

    /// <summary>Values of different sizes.</summary>
    [VectorType(3)]
    public float[] Values { get; set; } = [];

    [VectorType(2)]
    public bool[] Answers { get; set; } = [];

    public float[] StepValues { get; set; } = [];

    public bool[] StepAnswers { get; set; } = [];

    public static SequenceRow[] Generate(int count, int seed, int shortest = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int steps = random.Next(shortest, 15);
            float part = i * 0.37f % 1;
            return new SequenceRow
            {
                Features = [.. Enumerable.Range(0, steps * FeaturesOfAStep).Select(_ => 10 * random.NextSingle() - 3)],
                Tokens = [.. Enumerable.Range(0, steps).Select(_ => (uint)random.Next(KeyCount + 1))],
                Other = [.. Enumerable.Range(0, 2 * steps).Select(_ => random.NextSingle())],
                Plain = [.. Enumerable.Range(0, 2 * steps).Select(_ => 5 * random.NextSingle())],
                Answer = i % 2 == 0,
                Class = (uint)random.Next(1, 5),
                Value = 100 + 20 * random.NextSingle(),
                Tags = [.. Enumerable.Range(0, steps).Select(_ => (uint)random.Next(1, 5))],
                Values = [100 + 20 * part, part * part, -3 * part],
                Answers = [i % 2 == 0, i % 3 == 0],
                StepValues = [.. Enumerable.Range(0, steps).Select(t => 50 + 10 * part + t)],
                StepAnswers = [.. Enumerable.Range(0, steps).Select(t => (i + t) % 3 == 0)],
            };
        })];
    }
}
