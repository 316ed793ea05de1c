using System.Globalization;
using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>Loads and oil temperature of an electricity transformer, four days ahead.</summary>
internal sealed class TransformerExperiment : IExperiment
{
    private const int HoursOfDay = 24;

    public string Name => "etth2";

    public string Description =>
        "Forecasts 96 hours of seven channels from every hour of four months: mean squared and mean absolute error of standardized "
        + "values, beside the last value and yesterday.";

    public string DataSet => "fc-etth2";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        TransformerHours hours = TransformerHours.Read(folder, settings.Validate);
        int[] seeds = settings.Seeds(standard: 1);
        TrainingBar bar = bars.Add(Name, seeds.Length);
        ForecastErrors last = Naive(hours, (origin, _, channel) => hours.Value(origin, channel));
        ForecastErrors yesterday = Naive(
            hours, (origin, step, channel) => hours.Value(origin - HoursOfDay + 1 + step % HoursOfDay, channel));
        ForecastErrors[] errors = [.. seeds.Select(seed => Measure(hours, Options().With(settings, seed, bar)))];
        double[] squared = [.. errors.Select(error => error.Squared)], absolute = [.. errors.Select(error => error.Absolute)];
        return
        [
            new("last value, MSE", last.Squared, "F3"),
            new("last value, MAE", last.Absolute, "F3"),
            new("yesterday, MSE", yesterday.Squared, "F3"),
            new("yesterday, MAE", yesterday.Absolute, "F3"),
            new("Lstm, MSE", squared.Average(), "F3")
            {
                Bar = Bar.Below(0.345),
                How = $"{ForecastRuns.Describe(Options())}; {Spread.Of(squared, "F3")}",
            },
            new("Lstm, MAE", absolute.Average(), "F3") { Bar = Bar.Below(0.375), How = Spread.Of(absolute, "F3") },
        ];
    }

    /// <summary>Chosen with --validate.</summary>
    private static ForecastOptions Options() => new()
    {
        TargetColumnNames = [nameof(ForecastRow.Value)],
        SeriesColumnName = nameof(ForecastRow.Series),
        Horizon = TransformerHours.Horizon,
        ContextLength = 96,
        Scaling = ForecastScaling.RelativeChange,
        Loss = ForecastLoss.AbsoluteError,
    };

    private static ForecastErrors Naive(TransformerHours hours, Func<int, int, int, float> forecast)
    {
        var errors = new ForecastErrors();
        for (int origin = hours.From - 1; hours.IsOrigin(origin); origin++)
        {
            for (int channel = 0; channel < TransformerHours.Channels; channel++)
            {
                for (int step = 0; step < TransformerHours.Horizon; step++)
                    errors.Add(hours.Value(origin + 1 + step, channel), forecast(origin, step, channel));
            }
        }
        return errors;
    }

    private static ForecastErrors Measure(TransformerHours hours, ForecastOptions options)
    {
        var ml = new MLContext(options.Seed);
        ITransformer model = ml.Forecasting.Trainers.Recurrent(options)
            .Fit(ml.Data.LoadFromEnumerable(hours.Rows(TransformerHours.TrainingEnd)));
        IDataView forecasts = model.Transform(ml.Data.LoadFromEnumerable(hours.Rows(hours.To)));
        var errors = new ForecastErrors();
        foreach (ForecastOutput row in ml.Data.CreateEnumerable<ForecastOutput>(forecasts, reuseRowObject: false))
        {
            int origin = (int)row.Time, channel = int.Parse(row.Series, CultureInfo.InvariantCulture);
            for (int step = 0; step < TransformerHours.Horizon && hours.IsOrigin(origin); step++)
                errors.Add(hours.Value(origin + 1 + step, channel), row.Forecast[step]);
        }
        return errors;
    }
}
