using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>What small networks learn in a moment.</summary>
public sealed class ForecastLearningTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_sine_with_a_spike_that_is_known_ahead_is_forecast_better_than_by_the_last_value()
    {
        var random = new Random(1);
        ForecastRow[] rows = [.. Enumerable.Range(0, 240).Select(day =>
        {
            float spike = random.Next(10) == 0 ? 1 : 0;
            return new ForecastRow { Day = day, Sales = 10 + MathF.Sin(day * MathF.Tau / 12) + 5 * spike, Price = spike };
        })];
        ForecastTransformer model = Fit(rows[..180], options => options.KnownAheadColumnNames = ["Price"]);
        (double error, double ofLast) = Errors(model, rows, from: 180);
        Assert.True(error < 0.25 * ofLast, $"{error}, {ofLast} of the last value");
        ForecastTransformer blind = Fit(rows[..180], _ => { });
        Assert.True(error < 0.4 * Errors(blind, rows, from: 180).Model, $"{error} without what is known");
    }

    [Theory]
    [InlineData(ForecastScaling.LastValue, 0.25)]
    [InlineData(ForecastScaling.RelativeChange, 0.5)]
    public void A_linear_trend_goes_on_beyond_the_values_of_the_training(ForecastScaling scaling, double share)
    {
        ForecastRow[] rows = ForecastTraining.Shop(ForecastTraining.Line(80));
        ForecastTransformer model = Fit(rows[..50], options => options.Scaling = scaling);
        (double error, double ofLast) = Errors(model, rows, from: 50);
        Assert.True(error < share * ofLast, $"{error}, {ofLast} of the last value");
    }

    [Fact]
    public void Quantiles_cover_and_never_cross()
    {
        var random = new Random(1);
        ForecastRow[] rows = ForecastTraining.Shop([.. Enumerable.Range(0, 700).Select(_ => random.NextSingle())]);
        ForecastTransformer model = Fit(rows[..500], options => options.Quantiles = [0.1, 0.5, 0.9]);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        float[][] quantiles = ForecastTraining.Forecasts(scored, "Quantiles"), medians = ForecastTraining.Forecasts(scored);
        int below = 0, above = 0, count = 0;
        for (int row = 500; row + ForecastTraining.Horizon < rows.Length; row++)
        {
            for (int step = 0; step < ForecastTraining.Horizon; step++)
            {
                float[] own = quantiles[row][(step * 3)..(step * 3 + 3)];
                Assert.Equal(own.Order(), own);
                Assert.Equal(own[1], medians[row][step]);
                float value = rows[row + 1 + step].Sales;
                below += value < own[0] ? 1 : 0;
                above += value > own[2] ? 1 : 0;
                count++;
            }
        }
        Assert.InRange((double)below / count, 0.03, 0.2);
        Assert.InRange((double)above / count, 0.03, 0.2);
        VBuffer<float> levels = default;
        scored.Schema["Quantiles"].Annotations.GetValue("QuantileLevels", ref levels);
        Assert.Equal([0.1f, 0.5f, 0.9f], levels.DenseValues());
    }

    [Fact]
    public void Several_targets_are_forecast_each_in_its_own_unit()
    {
        ForecastRow[] rows = [.. Enumerable.Range(0, 120).Select(day => new ForecastRow
        {
            Day = day, Sales = 1000 * MathF.Sin(day * MathF.Tau / 8), Visits = 2 + 0.01f * MathF.Cos(day * MathF.Tau / 8),
        })];
        ForecastTransformer model = Fit(
            rows[..90], options => (options.TargetColumnNames, options.Quantiles) = (["Sales", "Visits"], [0.2, 0.8]));
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        Assert.Equal([ForecastTraining.Horizon, 2], ((VectorDataViewType)scored.Schema["Forecast"].Type).Dimensions);
        Assert.Equal([ForecastTraining.Horizon, 2, 2], ((VectorDataViewType)scored.Schema["Quantiles"].Type).Dimensions);
        float[][] forecasts = ForecastTraining.Forecasts(scored), quantiles = ForecastTraining.Forecasts(scored, "Quantiles");
        for (int row = 90; row + ForecastTraining.Horizon < rows.Length; row++)
        {
            for (int step = 0; step < ForecastTraining.Horizon; step++)
            {
                ForecastRow truth = rows[row + 1 + step];
                Assert.Equal(truth.Sales, forecasts[row][2 * step], 300f);
                Assert.Equal(truth.Visits, forecasts[row][2 * step + 1], 0.003f);
                for (int target = 0; target < 2; target++)
                {
                    int value = 2 * step + target;
                    Assert.InRange(forecasts[row][value], quantiles[row][2 * value], quantiles[row][2 * value + 1]);
                }
            }
        }
    }

    [Fact]
    public void A_static_key_decides_where_series_go()
    {
        ForecastRow[] rows = [.. from shop in Enumerable.Range(0, 8)
                                 from day in Enumerable.Range(0, 24)
                                 let isBig = shop % 2 == 0
                                 select new ForecastRow
                                 {
                                     Shop = $"{shop}", Day = day, Kind = isBig ? "big" : "small",
                                     // Both begin alike, and part after the day 12.
                                     Sales = 10 + day % 3 + (day <= 12 ? 0 : isBig ? 20 : -20),
                                     Price = day > 12 ? 1 : 0,
                                 }];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Kind").Fit(data).Transform(data);
        ForecastTransformer model = _ml.Forecasting.Trainers.Recurrent(Options(options =>
        {
            (options.StaticColumnNames, options.KnownAheadColumnNames) = (["Kind"], ["Price"]);
            options.Scaling = ForecastScaling.None;
        })).Fit(keyed);
        float[][] forecasts = ForecastTraining.Forecasts(model.Transform(keyed));
        foreach (int place in Enumerable.Range(0, rows.Length).Where(place => rows[place].Day == 12))
            Assert.Equal(rows[place].Kind == "big" ? 30 : -10, forecasts[place][0], 6f);
    }

    [Fact]
    public void The_absolute_error_gives_the_median()
    {
        // Two thirds of the values are 0, the others 3: the mean is 1, the median 0.
        var random = new Random(1);
        ForecastRow[] rows = ForecastTraining.Shop([.. Enumerable.Range(0, 400).Select(_ => random.Next(3) == 0 ? 3f : 0f)]);
        double Mean(ForecastLoss loss) => ForecastTraining.Forecasts(
            _ml, Fit(rows, options => (options.Loss, options.Scaling) = (loss, ForecastScaling.None)), rows)
            .Skip(50).SelectMany(row => row).Average();
        Assert.InRange(Mean(ForecastLoss.SquaredError), 0.7, 1.3);
        Assert.InRange(Mean(ForecastLoss.AbsoluteError), -0.2, 0.4);
    }

    private static ForecastOptions Options(Action<ForecastOptions> change)
    {
        var options = new ForecastOptions
        {
            TargetColumnNames = ["Sales"],
            SeriesColumnName = "Shop",
            Horizon = ForecastTraining.Horizon,
            ContextLength = 12,
            Layers = [new GruLayer(8)],
            DecoderSize = 8,
            NumberOfThreads = 1,
            Seed = 1,
        };
        change(options);
        return options;
    }

    private ForecastTransformer Fit(ForecastRow[] rows, Action<ForecastOptions> change) => ForecastTraining.Fit(_ml, Options(change), rows);

    /// <summary>The mean absolute errors of a model, and of the last value as forecast.</summary>
    private (double Model, double Last) Errors(ForecastTransformer model, ForecastRow[] rows, int from)
    {
        float[][] forecasts = ForecastTraining.Forecasts(_ml, model, rows);
        double error = 0, ofLast = 0;
        int count = 0;
        for (int row = from; row + ForecastTraining.Horizon < rows.Length; row++)
        {
            for (int step = 0; step < ForecastTraining.Horizon; step++, count++)
            {
                float value = rows[row + 1 + step].Sales;
                error += Math.Abs(forecasts[row][step] - value);
                ofLast += Math.Abs(rows[row].Sales - value);
            }
        }
        return (error / count, ofLast / count);
    }
}
