using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>The bike rentals of each hour of the next day, with quantiles.</summary>
internal sealed class BikeForecastExperiment : IExperiment
{
    private const int Day = 24, Week = 7 * Day, HoursToValidate = 2700;

    private static readonly double[] _quantiles = [0.1, 0.5, 0.9];

    public string Name => "bike-forecast";

    public string Description =>
        "Forecasts the rentals of the next 24 hours from every hour: mean absolute error of each step beside the same hour of "
        + "yesterday and of last week, and how often the rentals are between two quantiles.";

    public string DataSet => "fc-bike-sharing";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        var ml = new MLContext();
        BikeForecastRow[] hours = BikeForecastRow.Read(ml, Path.Combine(folder, "hour_train.csv"));
        int training = settings.Validate ? hours.Length - HoursToValidate : hours.Length;
        if (!settings.Validate)
            hours = [.. hours, .. BikeForecastRow.Read(ml, Path.Combine(folder, "hour_test.csv"))];
        int[] seeds = settings.Seeds(standard: 1);
        TrainingBar bar = bars.Add(Name, seeds.Length);
        Result[] results = [.. seeds.Select(seed => Measure(hours, training, Options().With(settings, seed, bar)))];
        double[] ratios = [.. results.Select(result => result.WorstRatio)], covered = [.. results.Select(result => result.Coverage)];
        return
        [
            new("yesterday, MAE", results[0].Yesterday, "F1"),
            new("last week, MAE", results[0].LastWeek, "F1"),
            new("Lstm, MAE", results.Average(result => result.Error), "F1") { How = ForecastRuns.Describe(Options()) },
            new("worst step, beside the better of the two", ratios.Average(), "F2")
            {
                Bar = Bar.Below(1),
                How = Spread.Of(ratios, "F2"),
            },
            new("between the quantiles 0.1 and 0.9", covered.Average(), "P1")
            {
                Bar = Bar.AtLeast(0.75),
                How = Spread.Of(covered, "P1"),
            },
            new("the same, not too often", covered.Average(), "P1") { Bar = Bar.Below(0.85) },
        ];
    }

    /// <summary>Chosen with --validate.</summary>
    private static ForecastOptions Options() => new()
    {
        TargetColumnNames = [nameof(BikeForecastRow.Count)],
        KnownAheadColumnNames =
        [
            nameof(BikeForecastRow.HourOfDay), nameof(BikeForecastRow.Weekday), nameof(BikeForecastRow.IsWorkingDay),
        ],
        TimeColumnName = nameof(BikeForecastRow.Time),
        Horizon = Day,
        ContextLength = 3 * Day,
        Quantiles = _quantiles,
        Scaling = ForecastScaling.Mean,
        // The epochs that the trainer chooses give wider intervals: 86% of the validation hours, at 60 epochs 82%.
        NumberOfEpochs = 60,
    };

    private static Result Measure(BikeForecastRow[] hours, int training, ForecastOptions options)
    {
        var ml = new MLContext(options.Seed);
        ITransformer model = ml.Forecasting.Trainers.Recurrent(options).Fit(ml.Data.LoadFromEnumerable(hours[..training]));
        IDataView scored = model.Transform(ml.Data.LoadFromEnumerable(hours));
        BikeForecastOutput[] forecasts = [.. ml.Data.CreateEnumerable<BikeForecastOutput>(scored, reuseRowObject: false)];
        double ratio = 0;
        int inside = 0, all = 0;
        ForecastErrors own = new(), yesterday = new(), lastWeek = new();
        for (int step = 0; step < Day; step++)
        {
            ForecastErrors ownOfStep = new(), yesterdayOfStep = new(), lastWeekOfStep = new();
            for (int hour = training + step; hour < hours.Length; hour++)
            {
                BikeForecastOutput output = forecasts[hour - 1 - step];
                float value = hours[hour].Count;
                foreach (ForecastErrors errors in new[] { own, ownOfStep })
                    errors.Add(value, output.Forecast[step]);
                foreach (ForecastErrors errors in new[] { yesterday, yesterdayOfStep })
                    errors.Add(value, hours[hour - Day].Count);
                foreach (ForecastErrors errors in new[] { lastWeek, lastWeekOfStep })
                    errors.Add(value, hours[hour - Week].Count);
                ReadOnlySpan<float> quantiles = output.Quantiles.AsSpan(step * _quantiles.Length, _quantiles.Length);
                inside += value >= quantiles[0] && value <= quantiles[^1] ? 1 : 0;
                all++;
            }
            ratio = Math.Max(ratio, ownOfStep.Absolute / Math.Min(yesterdayOfStep.Absolute, lastWeekOfStep.Absolute));
        }
        return new(own.Absolute, yesterday.Absolute, lastWeek.Absolute, ratio, (double)inside / all);
    }

    private sealed record Result(double Error, double Yesterday, double LastWeek, double WorstRatio, double Coverage);
}
