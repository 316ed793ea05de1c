using Microsoft.ML;
using Microsoft.ML.Data;

namespace TemperatureRegression;

/// <summary>What something expects of each day of the test year, and how far off that is.</summary>
public sealed class Forecast
{
    private Forecast(string name, IReadOnlyList<float> values, IReadOnlyList<float> actual)
    {
        Name = name;
        Values = values;
        IEnumerable<Pair> pairs = values.Zip(actual, (value, label) => new Pair { Score = value, Label = label });
        Metrics = new MLContext().Regression.Evaluate(new MLContext().Data.LoadFromEnumerable(pairs));
    }

    public string Name { get; }

    /// <summary>The forecasts, in °C, day after day.</summary>
    public IReadOnlyList<float> Values { get; }

    public RegressionMetrics Metrics { get; }

    /// <summary>Tomorrow as today.</summary>
    /// <param name="days">The day before the first one to forecast, and those to forecast.</param>
    public static Forecast Persistence(IReadOnlyList<TemperatureModel.ModelInput> days) =>
        new("as today", [.. days.SkipLast(1).Select(day => day.TempMax)], Actual(days));

    /// <summary>
    /// The mean of the training years over the days at most a week away in the year. Three days alone would be more chance than season.
    /// </summary>
    /// <param name="days">The day before the first one to forecast, and those to forecast.</param>
    /// <param name="training">The days of the training years.</param>
    public static Forecast OfSeason(
        IReadOnlyList<TemperatureModel.ModelInput> days, IReadOnlyCollection<TemperatureModel.ModelInput> training)
    {
        return new("the mean of the season", [.. days.Skip(1).Select(day => Mean(day.Date.DayOfYear))], Actual(days));

        float Mean(int day) => training.Where(other => IsNear(day, other.Date.DayOfYear)).Average(other => other.TempMax);

        static bool IsNear(int one, int other) => Math.Abs(one - other) is <= 7 or >= 365 - 7;
    }

    /// <summary>What a model says of a view that it reads windows of.</summary>
    public static Forecast OfModel(string name, ITransformer model, IDataView days)
    {
        IDataView scored = model.Transform(days);
        return new(name, [.. scored.GetColumn<float>("Score")], [.. scored.GetColumn<float>(nameof(TemperatureModel.ModelInput.TempMax))]);
    }

    private static float[] Actual(IEnumerable<TemperatureModel.ModelInput> days) => [.. days.Skip(1).Select(day => day.TempMax)];

    private sealed class Pair
    {
        public float Score { get; set; }

        public float Label { get; set; }
    }
}
