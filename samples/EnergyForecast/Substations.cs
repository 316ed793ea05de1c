namespace EnergyForecast;

/// <summary>Generates the hourly demand of the substations of a region, which share the weather.</summary>
public static class Substations
{
    private const int HoursOfDay = 24, DaysOfWeek = 7;

    private static readonly DateTime _begin = new(2025, 1, 6);

    /// <summary>Name, mean demand in kW, share of the evening, demand at the weekend, and growth per °C below 15.</summary>
    private static readonly (string Name, double Level, double Evening, double Weekend, double Heating)[] _substations =
    [
        ("Harbor", 2400, 0.10, 0.60, 0.004),
        ("Mill Lane", 380, 0.45, 1.10, 0.016),
        ("Old Town", 850, 0.30, 1.00, 0.012),
        ("Park Road", 520, 0.40, 1.05, 0.020),
        ("School Hill", 190, 0.05, 0.45, 0.010),
        ("Station", 1300, 0.25, 0.90, 0.006),
    ];

    /// <summary>The names of the substations.</summary>
    public static IEnumerable<string> Names => _substations.Select(substation => substation.Name);

    /// <summary>Generates whole days, the hours in order and the substations side by side.</summary>
    /// <param name="days">The number of days.</param>
    /// <param name="seed">The seed.</param>
    /// <returns>The rows.</returns>
    public static IEnumerable<EnergyModel.ModelInput> Generate(int days, int seed)
    {
        var random = new Random(seed);
        var drifts = new double[_substations.Length];
        double weather = 0;
        for (int hour = 0; hour < days * HoursOfDay; hour++)
        {
            DateTime time = _begin.AddHours(hour);
            weather = 0.99 * weather + 0.7 * Normal(random);
            double season = 4 + 8 * (1 - Math.Cos(Math.Tau * hour / (HoursOfDay * 365)));
            double temperature = season + 3 * Math.Sin(Math.Tau * (time.Hour - 9) / HoursOfDay) + weather;
            for (int i = 0; i < _substations.Length; i++)
            {
                drifts[i] = 0.9 * drifts[i] + 0.02 * Normal(random);
                yield return new()
                {
                    Time = time,
                    Substation = _substations[i].Name,
                    Temperature = (float)Math.Round(temperature, 1),
                    // The noise is a factor: it grows with the demand.
                    Demand = (float)Math.Round(Expected(i, time, temperature) * Math.Exp(drifts[i] + 0.02 * Normal(random)), 1),
                };
            }
        }
    }

    private static double Expected(int substation, DateTime time, double temperature)
    {
        (_, double level, double evening, double weekend, double heating) = _substations[substation];
        double work = Bump(time.Hour, center: 12, width: 4), home = Bump(time.Hour, center: 19, width: 2);
        double day = 0.6 + (0.6 - evening) * work + 2 * evening * home;
        // Sunday is 0, Saturday is 6.
        double week = (int)time.DayOfWeek % (DaysOfWeek - 1) == 0 ? weekend : 1;
        return level * day * week * (1 + heating * Math.Max(0, 15 - temperature));
    }

    private static double Bump(int hour, double center, double width) => Math.Exp(-Math.Pow((hour - center) / width, 2) / 2);

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
