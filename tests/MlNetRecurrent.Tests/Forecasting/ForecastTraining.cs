using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Forecasting;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>Small trainings of forecasts, and their results.</summary>
internal static class ForecastTraining
{
    public const int Horizon = 3;

    /// <summary>Options of a training of a moment.</summary>
    public static ForecastOptions Options() => new()
    {
        TargetColumnNames = ["Sales"],
        SeriesColumnName = "Shop",
        Horizon = Horizon,
        ContextLength = 8,
        Layers = [new GruLayer(4)],
        DecoderSize = 4,
        NumberOfEpochs = 2,
        NumberOfThreads = 1,
        Seed = 1,
    };

    /// <summary>The options, changed.</summary>
    public static ForecastOptions With(Action<ForecastOptions> change)
    {
        ForecastOptions options = Options();
        change(options);
        return options;
    }

    public static ForecastTransformer Fit<TRow>(MLContext ml, ForecastOptions options, IEnumerable<TRow> rows)
        where TRow : class => ml.Forecasting.Trainers.Recurrent(options).Fit(ml.Data.LoadFromEnumerable(rows));

    /// <summary>The forecasts of each row.</summary>
    public static float[][] Forecasts<TRow>(MLContext ml, ITransformer model, IEnumerable<TRow> rows)
        where TRow : class => Forecasts(model.Transform(ml.Data.LoadFromEnumerable(rows)));

    /// <summary>The forecasts of each row.</summary>
    public static float[][] Forecasts(IDataView scored, string column = ForecastSchema.ForecastName) =>
        [.. scored.GetColumn<float[]>(column)];

    public static float[] WeightsOf(ForecastTransformer model) => model.Model.Network.Parameters.Values.Span.ToArray();

    /// <summary>A row a day of one shop.</summary>
    public static ForecastRow[] Shop(params float[] sales) =>
        [.. sales.Select((value, day) => new ForecastRow { Day = day, Sales = value })];

    public static float[] Line(int days) => [.. Enumerable.Range(0, days).Select(day => 5f + day)];
}
