using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>A row of a table: a measurement of one of several entities at some time.</summary>
internal sealed class Reading
{
    public static readonly string[] Kinds = ["rain", "sun", "fog"];

    public string Entity { get; set; } = "";

    public int Time { get; set; }

    public float Wind { get; set; }

    [VectorType(2)]
    public float[] Pair { get; set; } = [];

    public string Kind { get; set; } = "";

    public bool Answer { get; set; }

    public float Value { get; set; }

    public float Weight { get; set; } = 1;

    /// <summary>The time as a date; it begins on a Thursday before Easter.</summary>
    public DateTime Date => new DateTime(2024, 3, 28).AddHours(2 * Time);

    /// <summary>The numbers of <see cref="Pair"/>, some of which are missing.</summary>
    [VectorType(2)]
    public float[] Gaps => [Time % 3 == 0 ? float.NaN : Wind, Time % 5 < 2 ? float.NaN : Time];

    /// <summary>Readings of some entities, mixed, in the order of time.</summary>
    public static Reading[] Generate(int count, int entities, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(time => new Reading
        {
            Entity = $"entity {random.Next(entities)}",
            Time = time,
            Wind = random.NextSingle(),
            Pair = [random.NextSingle(), -random.NextSingle()],
            Kind = Kinds[random.Next(3)],
            Answer = random.Next(2) == 0,
            Value = random.NextSingle(),
            Weight = 0.5f + random.NextSingle(),
        })];
    }

    /// <summary>The numbers of the row.</summary>
    public float[] Numbers => [Wind, .. Pair];
}

/// <summary>What windows are cut of readings, by the columns that are read.</summary>
internal sealed class Windowed
{
    public int Time { get; set; }

    public string Entity { get; set; } = "";

    public float[] Window { get; set; } = [];
}
