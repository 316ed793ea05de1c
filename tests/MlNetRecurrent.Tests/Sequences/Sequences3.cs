using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>Three sequences of as many steps: two numbers a step, one number a step, and words, of which some are unknown.</summary>
internal sealed class Sequences3
{
    [VectorType(0, 2)]
    public float[] Pairs { get; set; } = [];

    public float[] Plain { get; set; } = [];

    public string[] Words { get; set; } = [];

    public static Sequences3[] Generate(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int steps = random.Next(0, 8);
            return new Sequences3
            {
                Pairs = [.. Enumerable.Range(0, 2 * steps).Select(i => (i % 2 == 0 ? 5 : 300) * random.NextSingle())],
                Plain = [.. Enumerable.Range(0, steps).Select(_ => random.NextSingle())],
                Words = [.. Enumerable.Range(0, steps).Select(_ => random.Next(4) == 0 ? "unknown" : Reading.Kinds[random.Next(3)])],
            };
        })];
    }
}
