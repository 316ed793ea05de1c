using System.Diagnostics;
using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>The weekly series of the M4 competition with one network for all.</summary>
internal sealed class WeeklyExperiment : IExperiment
{
    public string Name => "m4-weekly";

    public string Description =>
        "Forecasts 13 weeks of 359 series with one network: symmetric mean absolute percentage error, beside that of the last value.";

    public string DataSet => "fc-m4-weekly";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        WeeklySplit split = WeeklySplit.Read(folder, settings.Validate);
        Dictionary<string, float> last = split.Training.GroupBy(row => row.Series).ToDictionary(
            group => group.Key, group => group.Last().Value);
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add(Name, seeds.Length);
        (double Error, double Seconds)[] results = [.. seeds.Select(seed => Measure(split, Options().With(settings, seed, bar)))];
        double[] errors = [.. results.Select(result => result.Error)], seconds = [.. results.Select(result => result.Seconds)];
        return
        [
            new("last value, sMAPE", split.Error((series, _) => last[series]), "F2"),
            new("Lstm, sMAPE", errors.Average(), "F2")
            {
                Bar = Bar.Below(8.8),
                How = $"{ForecastRuns.Describe(Options())}; {Spread.Of(errors, "F2")}",
            },
            new("seconds of a training", seconds.Average(), "F0") { Bar = Bar.Below(180), How = Spread.Of(seconds, "F0") },
        ];
    }

    /// <summary>Chosen with --validate.</summary>
    private static ForecastOptions Options() => new()
    {
        TargetColumnNames = [nameof(ForecastRow.Value)],
        SeriesColumnName = nameof(ForecastRow.Series),
        Horizon = WeeklySplit.Horizon,
        ContextLength = 52,
        Scaling = ForecastScaling.RelativeChange,
        Loss = ForecastLoss.AbsoluteError,
    };

    private static (double Error, double Seconds) Measure(WeeklySplit split, ForecastOptions options)
    {
        var ml = new MLContext(options.Seed);
        IDataView data = ml.Data.LoadFromEnumerable(split.Training);
        var watch = Stopwatch.StartNew();
        ITransformer model = ml.Forecasting.Trainers.Recurrent(options).Fit(data);
        double seconds = watch.Elapsed.TotalSeconds;
        var forecasts = new Dictionary<string, float[]>();
        foreach (ForecastOutput row in ml.Data.CreateEnumerable<ForecastOutput>(model.Transform(data), reuseRowObject: false))
            forecasts[row.Series] = row.Forecast;
        return (split.Error((series, week) => forecasts[series][week]), seconds);
    }
}
