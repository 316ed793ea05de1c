using System.Globalization;
using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>The passengers of an airline, half a year ahead.</summary>
internal sealed class AirlineExperiment : IExperiment
{
    private const int Horizon = 6, MonthsOfYear = 12, Tested = 24;

    public string Name => "airline";

    public string Description =>
        "Forecasts each of the last 24 months six months before, without training again: mean absolute percentage error, beside the "
        + "same month of the year before.";

    public string DataSet => "fc-airline";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        ForecastRow[] months = Read(folder);
        if (settings.Validate)
            months = months[..^Tested];
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add(Name, seeds.Length);
        double[] errors = [.. seeds.Select(seed => Measure(months, Options().With(settings, seed, bar)))];
        return
        [
            new("the year before, MAPE", Error(months, month => months[month - MonthsOfYear].Value), "F2"),
            new("Lstm, MAPE", errors.Average(), "F2")
            {
                Bar = Bar.Below(3.5),
                How = $"{ForecastRuns.Describe(Options())}; {Spread.Of(errors, "F2")}",
            },
        ];
    }

    /// <summary>Chosen with --validate; the year as a further column did not help.</summary>
    private static ForecastOptions Options() => new()
    {
        TargetColumnNames = [nameof(ForecastRow.Value)],
        KnownAheadColumnNames = [nameof(ForecastRow.Month)],
        Horizon = Horizon,
        ContextLength = 24,
        Scaling = ForecastScaling.RelativeChange,
        Loss = ForecastLoss.AbsoluteError,
    };

    private static double Measure(ForecastRow[] months, ForecastOptions options)
    {
        var ml = new MLContext(options.Seed);
        ITransformer model = ml.Forecasting.Trainers.Recurrent(options).Fit(ml.Data.LoadFromEnumerable(months[..^Tested]));
        IDataView scored = model.Transform(ml.Data.LoadFromEnumerable(months));
        ForecastOutput[] forecasts = [.. ml.Data.CreateEnumerable<ForecastOutput>(scored, reuseRowObject: false)];
        return Error(months, month => forecasts[month - Horizon].Forecast[Horizon - 1]);
    }

    private static double Error(ForecastRow[] months, Func<int, float> forecast) => 100 * Enumerable
        .Range(months.Length - Tested, Tested)
        .Average(month => Math.Abs(months[month].Value - forecast(month)) / months[month].Value);

    private static ForecastRow[] Read(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "airline-passengers.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Where(parts => parts.Length > 1)
            .Select((parts, month) => new ForecastRow
            {
                Time = month,
                Value = float.Parse(parts[1], CultureInfo.InvariantCulture),
                Month = (uint)(month % MonthsOfYear + 1),
            }),
    ];
}
