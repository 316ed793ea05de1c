namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>A day of a shop.</summary>
internal sealed record ForecastRow
{
    public string Shop { get; set; } = "a";

    public float Day { get; set; }

    /// <summary>The column to forecast.</summary>
    public float Sales { get; set; }

    /// <summary>A second column to forecast.</summary>
    public float Visits { get; set; }

    /// <summary>Known up to the day.</summary>
    public float Rain { get; set; }

    /// <summary>Known ahead.</summary>
    public float Price { get; set; }

    /// <summary>The kind of shop, which never changes.</summary>
    public string Kind { get; set; } = "big";

    /// <summary>Days of shops, a shop after the other, of random values.</summary>
    public static ForecastRow[] Generate(int shops, int days, int seed = 1)
    {
        var random = new Random(seed);
        return [.. from shop in Enumerable.Range(0, shops)
                   from day in Enumerable.Range(0, days)
                   select new ForecastRow
                   {
                       Shop = $"shop {shop}",
                       Day = day,
                       Sales = 10 * (shop + 1) + day % 7 + random.NextSingle(),
                       Visits = 100 + random.NextSingle(),
                       Rain = random.NextSingle(),
                       Price = random.NextSingle(),
                       Kind = shop % 2 == 0 ? "big" : "small",
                   }];
    }

    /// <summary>The same rows, a day after the other.</summary>
    public static ForecastRow[] Interleave(IEnumerable<ForecastRow> rows) => [.. rows.OrderBy(row => row.Day)];
}
