using Microsoft.ML.Data;

namespace MlNetRecurrent.Samples.Tests.Guide;

/// <summary>Readings of a motion sensor, for the pages on classification, networks and ONNX.</summary>
public class Motion
{
    // Any number of steps of three features each, one step after the other.
    [VectorType(0, 3)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";
}

/// <summary>Generated recordings of a motion sensor.</summary>
internal static class Motions
{
    public static IEnumerable<Motion> Generate(int count, int seed)
    {
        (string Name, double Frequency, double Lift)[] kinds = [("walk", 0.9, 0.3), ("run", 1.3, 0.3), ("stairs", 0.9, 0.9)];
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            (string name, double frequency, double lift) = kinds[random.Next(kinds.Length)];
            double phase = 6 * random.NextDouble();
            yield return new Motion
            {
                Label = name,
                Features =
                [
                    .. Enumerable.Range(0, random.Next(15, 40)).SelectMany(t => new[]
                    {
                        Noisy(Math.Sin(phase + frequency * t)), Noisy(Math.Cos(phase + frequency * t)), Noisy(lift * Math.Sin(0.4 * t)),
                    }),
                ],
            };
        }

        float Noisy(double value) => (float)(value + 1.2 * (random.NextDouble() - 0.5));
    }
}

public class Activity
{
    public string Name { get; set; } = "";

    public float[] Score { get; set; } = [];
}
