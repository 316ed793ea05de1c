using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Benchmarks.Systems;

/// <summary>
/// What one pass over a series for all origins of forecasts saves: the time of an epoch of the forecaster, beside that of a regression on a
/// window for each origin. The series are generated, as many and as long as the weekly ones of the M4 competition.
/// </summary>
internal static class ForkingBenchmark
{
    private const int SeriesOfSet = 359, ShortestSeries = 80, LongestSeries = 260, Horizon = 13, Context = 52, Units = 64;

    /// <summary>The values of a step that the forecaster reads: the level, the change and whether it is missing.</summary>
    private const int Features = 3;

    /// <summary>The forecaster does not learn from the first rows of a series.</summary>
    private const int FirstOrigin = 8;

    private const int BatchSize = 32, EpochsOfForecaster = 6, EpochsOfWindows = 2;

    public static string Run(int threads)
    {
        var ml = new MLContext(seed: 1);
        float[][] series = Generate();
        Window[] windows = [.. series.SelectMany(Cut)];
        double forecaster = MeasureForecaster(ml, series, threads), regression = MeasureWindows(ml, windows, threads);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{SeriesOfSet} series, {windows.Length} origins, {Horizon} steps ahead, {Units} units: {forecaster:F2} s an epoch at best; as "
            + $"windows of at most {Context} steps {regression:F2} s, {regression / forecaster:F1} times as long");
    }

    private static double MeasureForecaster(MLContext ml, float[][] series, int threads)
    {
        IEnumerable<Row> rows = series.SelectMany(
            (values, index) => values[..^Horizon].Select(value => new Row { Series = index + 1f, Value = value }));
        return Measure(
            new ForecastOptions
            {
                TargetColumnNames = [nameof(Row.Value)],
                SeriesColumnName = nameof(Row.Series),
                Horizon = Horizon,
                ContextLength = Context,
                Layers = [new LstmLayer(Units)],
                NumberOfEpochs = EpochsOfForecaster,
            },
            threads,
            options => ml.Forecasting.Trainers.Recurrent(options).Fit(ml.Data.LoadFromEnumerable(rows)));
    }

    private static double MeasureWindows(MLContext ml, Window[] windows, int threads) => Measure(
        new RecurrentOptions { Layers = [new LstmLayer(Units)], Pooling = SequencePooling.Last, NumberOfEpochs = EpochsOfWindows },
        threads,
        options => ml.Regression.Trainers.Recurrent(options).Fit(ml.Data.LoadFromEnumerable(windows)));

    private static double Measure<T>(T options, int threads, Action<T> fit)
        where T : TrainingOptions
    {
        var epochs = new EpochTimes();
        // With these set, nothing is added to the training that would take time.
        options.BatchSize = BatchSize;
        options.LearningRate = 1e-3f;
        options.Schedule = LearningRateSchedule.Constant;
        options.NumberOfThreads = threads;
        options.Seed = 1;
        options.Progress = epochs;
        fit(options);
        return epochs.Best;
    }

    /// <summary>Random walks; the values that follow the last row are for the labels of the windows.</summary>
    private static float[][] Generate()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, SeriesOfSet).Select(_ => Walk(random.Next(ShortestSeries, LongestSeries + 1) + Horizon))];

        float[] Walk(int length)
        {
            float value = 100;
            return [.. Enumerable.Range(0, length).Select(_ => value += random.NextSingle() - 0.5f)];
        }
    }

    /// <summary>A window for each origin that the forecaster learns from; those at the start of a series are shorter.</summary>
    private static IEnumerable<Window> Cut(float[] values)
    {
        for (int origin = FirstOrigin; origin < values.Length - Horizon - 1; origin++)
        {
            int start = Math.Max(0, origin - Context + 1);
            yield return new Window
            {
                Features = [.. values[start..(origin + 1)].SelectMany(value => new[] { value / 100, value / 100, 0 })],
                Label = [.. values[(origin + 1)..(origin + 1 + Horizon)].Select(value => value / 100)],
            };
        }
    }

    private sealed class Row
    {
        public float Series { get; set; }

        public float Value { get; set; }
    }

    private sealed class Window
    {
        [VectorType(0, ForkingBenchmark.Features)]
        public float[] Features { get; set; } = [];

        [VectorType(Horizon)]
        public float[] Label { get; set; } = [];
    }
}
