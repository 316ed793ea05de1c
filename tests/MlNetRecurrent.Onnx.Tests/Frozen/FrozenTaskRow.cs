using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>A sequence with static columns, the characters of its words, and labels of several values and of each step.</summary>
internal sealed class FrozenTaskRow
{
    public const int Characters = 3;

    private static readonly string[] _tags = ["O", "B-A", "I-A", "B-B"];

    [VectorType(0, 2)]
    public float[] Features { get; set; } = [];

    [KeyType(6)]
    public uint[] Words { get; set; } = [];

    /// <summary>Up to three characters of each word.</summary>
    [VectorType(0, Characters)]
    [KeyType(4)]
    public uint[] Spelling { get; set; } = [];

    [KeyType(3)]
    public uint Place { get; set; }

    public bool Active { get; set; }

    [VectorType(2)]
    public float[] Sizes { get; set; } = [];

    [VectorType(3)]
    public float[] Values { get; set; } = [];

    [VectorType(2)]
    public bool[] Answers { get; set; } = [];

    public float[] StepValues { get; set; } = [];

    public float[] StepWeights { get; set; } = [];

    /// <summary>Tags of the scheme BIO.</summary>
    public string[] Tags { get; set; } = [];

    public static IDataView Load(MLContext ml, int count, int seed)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(Generate(count, seed));
        IDataView keys = ml.Data.LoadFromEnumerable(_tags.Select(tag => new { Tags = tag }));
        return ml.Transforms.Conversion.MapValueToKey("Tags", keyData: keys).Fit(rows).Transform(rows);
    }

    private static FrozenTaskRow[] Generate(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int steps = 1 + random.Next(5);
            float[] features = [.. Enumerable.Range(0, 2 * steps).Select(_ => 4 * random.NextSingle() - 1)];
            float sum = features.Sum();
            return new FrozenTaskRow
            {
                Features = features,
                Words = [.. Enumerable.Range(0, steps).Select(_ => (uint)random.Next(7))],
                Spelling = [.. Enumerable.Range(0, steps).SelectMany(_ => Spell(random))],
                Place = (uint)random.Next(4),
                Active = random.Next(2) == 0,
                Sizes = [random.NextSingle(), 100 * random.NextSingle()],
                Values = [100 + sum, sum * sum, -sum],
                Answers = [sum > 2, features[0] > 1],
                StepValues = [.. Enumerable.Range(0, steps).Select(t => t % 4 == 3 ? float.NaN : 10 * features[2 * t])],
                StepWeights = [.. Enumerable.Range(0, steps).Select(_ => random.Next(4) / 2f)],
                Tags = Tag(random, steps),
            };
        })];
    }

    /// <summary>Characters, then missing ones.</summary>
    private static uint[] Spell(Random random)
    {
        int length = 1 + random.Next(Characters);
        return [.. Enumerable.Range(0, Characters).Select(i => i < length ? (uint)random.Next(1, 5) : 0)];
    }

    private static string[] Tag(Random random, int steps)
    {
        var tags = new string[steps];
        for (int t = 0; t < steps; t++)
        {
            int tag = random.Next(_tags.Length);
            tags[t] = _tags[tag] == "I-A" && (t == 0 || !tags[t - 1].EndsWith("-A", StringComparison.Ordinal)) ? "B-A" : _tags[tag];
        }
        return tags;
    }
}
