namespace MlNetRecurrent.Samples.Tests.Guide;

/// <summary>A month of a shop, for the page on forecasting.</summary>
public class ShopMonth
{
    public string Shop { get; set; } = "";

    public DateTime Month { get; set; }

    // NaN where it is missing, or still to come.
    public float Sales { get; set; }

    // How many days of the month have a promotion, which is planned ahead.
    public float Promotion { get; set; }

    public string Kind { get; set; } = "";
}

/// <summary>A row with its forecasts, for the page on forecasting.</summary>
public class ShopForecast
{
    public string Shop { get; set; } = "";

    public DateTime Month { get; set; }

    public float Sales { get; set; }

    public float[] Forecast { get; set; } = [];
}

/// <summary>A row with its forecasts and their quantiles.</summary>
public class ShopInterval : ShopForecast
{
    // [Horizon, quantiles]: the quantiles of the first month, then those of the second.
    public float[] Quantiles { get; set; } = [];
}

/// <summary>Generated months of shops: a season, a trend, promotions, and noise that grows with the sales.</summary>
internal static class ShopMonths
{
    private const int Shops = 20;

    private static readonly DateTime _begin = new(2016, 1, 1);

    public static IEnumerable<ShopMonth> Generate(int months, int seed)
    {
        var random = new Random(seed);
        double[] levels = [.. Enumerable.Range(0, Shops).Select(_ => 50 * Math.Exp(2 * random.NextDouble()))];
        for (int month = 0; month < months; month++)
        {
            for (int shop = 0; shop < Shops; shop++)
            {
                bool isKiosk = shop % 2 == 0;
                int promotion = random.Next(4) == 0 ? random.Next(3, 11) : 0;
                double season = Math.Cos(2 * Math.PI * (month % 12 - (isKiosk ? 6 : 11)) / 12);
                levels[shop] *= Math.Exp(0.003 + 0.02 * (random.NextDouble() - 0.5));
                double sales = levels[shop] * (1 + 0.3 * season) * (1 + 0.03 * promotion) * (0.95 + 0.1 * random.NextDouble());
                yield return new ShopMonth
                {
                    Shop = $"shop {shop}",
                    Month = _begin.AddMonths(month),
                    Sales = (float)sales,
                    Promotion = promotion,
                    Kind = isKiosk ? "kiosk" : "mall",
                };
            }
        }
    }
}
