namespace MlNetRecurrent.Tests;

/// <summary>A row of a table of noise: nothing can be predicted from it, unless the label is among the features.</summary>
internal sealed class TableRow
{
    public static readonly string[] Kinds = ["rain", "sun", "fog"];

    public float Sales { get; set; }

    public double Exact { get; set; }

    public float Price { get; set; }

    public bool IsHigh { get; set; }

    /// <summary>1 where <see cref="IsHigh"/> is true.</summary>
    public float High { get; set; }

    public string Kind { get; set; } = "";

    public string Store { get; set; } = "";

    public static TableRow[] Generate(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float sales = 1000 + 100 * random.NextSingle();
            bool isHigh = random.Next(2) == 0;
            return new TableRow
            {
                Sales = sales, Exact = sales, Price = random.NextSingle(),
                IsHigh = isHigh, High = isHigh ? 1 : 0, Kind = Kinds[random.Next(3)], Store = $"store {i % 12}",
            };
        })];
    }
}
