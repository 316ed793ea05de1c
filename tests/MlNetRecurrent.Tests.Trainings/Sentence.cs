using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Trainings;

/// <summary>Words of which the first character tells whether a span begins; the topic tells its type.</summary>
internal sealed class Sentence
{
    private const int MostCharacters = 4, KindsOfCharacters = 6, KindsOfWords = 40;

    [KeyType(KindsOfWords)]
    public uint[] Words { get; set; } = [];

    [VectorType(0, MostCharacters)]
    [KeyType(KindsOfCharacters)]
    public uint[] Characters { get; set; } = [];

    [KeyType(2)]
    public uint Topic { get; set; }

    public float Size { get; set; }

    public string[] Tags { get; set; } = [];

    /// <summary>0 where a tag is not known, and else the weight of the sentence.</summary>
    public float[] Weights { get; set; } = [];

    public static Sentence Generate(Random random)
    {
        int steps = 3 + random.Next(8);
        uint topic = (uint)random.Next(2);
        uint[][] spellings = [.. Enumerable.Range(0, steps).Select(_ => Spell(random))];
        var tags = new string[steps];
        for (int t = 0; t < steps; t++)
        {
            string type = topic == 0 ? "A" : "B";
            bool isInside = t > 0 && tags[t - 1] != "O" && spellings[t][0] == 2;
            tags[t] = spellings[t][0] == 1 ? $"B-{type}" : isInside ? $"I-{type}" : "O";
        }
        float weight = 1 + random.Next(3);
        return new()
        {
            Words = [.. spellings.Select(spelling => 1 + spelling.Aggregate(0u, (sum, key) => 7 * sum + key) % KindsOfWords)],
            Characters = [.. spellings.SelectMany(spelling => spelling)],
            Topic = topic,
            Size = steps * random.NextSingle(),
            Tags = tags,
            Weights = [.. tags.Select(_ => random.Next(5) == 0 ? 0 : weight)],
        };
    }

    /// <summary>Some characters, then missing ones.</summary>
    private static uint[] Spell(Random random)
    {
        int length = 1 + random.Next(MostCharacters);
        return [.. Enumerable.Range(0, MostCharacters).Select(i => i < length ? (uint)random.Next(1, KindsOfCharacters + 1) : 0)];
    }
}
