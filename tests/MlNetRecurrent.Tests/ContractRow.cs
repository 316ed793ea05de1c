using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A sequence with a label of every kind, and columns that have nothing to do with it.</summary>
/// <typeparam name="TFeatures">What holds the sequence.</typeparam>
internal sealed class ContractRow<TFeatures>
{
    public TFeatures Features { get; set; } = default!;

    public bool Answer { get; set; }

    public string Class { get; set; } = "";

    public float Value { get; set; }

    /// <summary>One a step. They are numbers to have keys whose values are no text.</summary>
    public double[] Tags { get; set; } = [];

    /// <summary>Yes or no, one a step.</summary>
    public bool[] StepAnswers { get; set; } = [];

    /// <summary>Values, one a step.</summary>
    public float[] StepValues { get; set; } = [];

    public float Weight { get; set; }

    /// <summary>The place of the row, to find it again.</summary>
    public int Number { get; set; }

    public string Text { get; set; } = "";

    [VectorType(3)]
    public float[] Vector { get; set; } = [];

    [KeyType(5)]
    public uint Key { get; set; }

    public bool Flag { get; set; }

    public DateTime Day { get; set; }

    /// <summary>Rows of random sequences and labels.</summary>
    /// <param name="count">The rows.</param>
    /// <param name="steps">The steps of each, or 0 for 2 to 4.</param>
    /// <param name="features">The numbers of a step.</param>
    /// <param name="convert">Makes the sequence of its numbers, which lie between 0 and 1.</param>
    public static ContractRow<TFeatures>[] Generate(int count, int steps, int features, Func<float[], TFeatures> convert)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            int length = steps > 0 ? steps : random.Next(2, 5);
            return new ContractRow<TFeatures>
            {
                Features = convert([.. Enumerable.Range(0, length * features).Select(_ => random.NextSingle())]),
                Answer = number % 2 == 0,
                Class = $"class {random.Next(3)}",
                Value = random.NextSingle(),
                Tags = [.. Enumerable.Range(0, length).Select(_ => random.Next(3) + 0.5)],
                StepAnswers = [.. Enumerable.Range(0, length).Select(step => (number + step) % 2 == 0)],
                StepValues = [.. Enumerable.Range(0, length).Select(step => number / 7f % 1 + step)],
                Weight = 0.5f + random.NextSingle(),
                Number = number,
                Text = $"row {number}",
                Vector = [number, 0, -number],
                Key = (uint)(number % 6),
                Flag = number % 3 == 0,
                Day = new DateTime(2026, 1, 1).AddDays(number),
            };
        })];
    }
}
