using Microsoft.ML;
using static Microsoft.ML.DataOperationsCatalog;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class ForecastExamples
{
    public static void Table()
    {
        var ml = new MLContext(seed: 1);
        ShopMonth[] rows = [.. ShopMonths.Generate(months: 96, seed: 1)];
        IDataView table = ml.Data.LoadFromEnumerable(rows);

        var trainer = ml.Forecasting.Trainers.Lstm("Sales", horizon: 6, "Shop", "Month", contextLength: 24);
        IDataView forecasts = trainer.Fit(table).Transform(table);
        foreach (ShopForecast row in ml.Data.CreateEnumerable<ShopForecast>(forecasts, reuseRowObject: false).TakeLast(2))
            Console.WriteLine($"{row.Shop} after {row.Month:yyyy-MM}: {string.Join(", ", row.Forecast.Select(sales => $"{sales:F0}"))}");
    }

    public static void Future()
    {
        var ml = new MLContext(seed: 1);
        ShopMonth[] all = [.. ShopMonths.Generate(months: 102, seed: 1)];
        DateTime now = new(2024, 1, 1);
        IEnumerable<ShopMonth> rows = all.Where(row => row.Month < now);
        IEnumerable<ShopMonth> plan = all.Where(row => row.Month >= now);

        var pipeline = ml.Transforms.FeaturizeCalendar("Calendar", CalendarParts.Month, "Month")
            .Append(ml.Transforms.Conversion.MapValueToKey("KindKey", "Kind"))
            .Append(ml.Forecasting.Trainers.Recurrent(new ForecastOptions
            {
                TargetColumnNames = ["Sales"],
                SeriesColumnName = "Shop",
                TimeColumnName = "Month",
                KnownAheadColumnNames = ["Calendar", "Promotion"],
                StaticColumnNames = ["KindKey"],
                Horizon = 6,
                ContextLength = 24,
                Quantiles = [0.1, 0.5, 0.9],
                Scaling = ForecastScaling.RelativeChange,
            }));
        ITransformer model = pipeline.Fit(ml.Data.LoadFromEnumerable(rows));

        // The months to come: the plan is known, the sales are not.
        IEnumerable<ShopMonth> future = plan.Select(row => new ShopMonth
        {
            Shop = row.Shop,
            Month = row.Month,
            Kind = row.Kind,
            Promotion = row.Promotion,
            Sales = float.NaN,
        });
        IDataView forecasts = model.Transform(ml.Data.LoadFromEnumerable(rows.Concat(future)));
        ShopInterval last = ml.Data.CreateEnumerable<ShopInterval>(forecasts, reuseRowObject: false)
            .Last(row => row.Shop == "shop 1" && !float.IsNaN(row.Sales));
        for (int step = 0; step < 3; step++)
        {
            Console.WriteLine($"{last.Month.AddMonths(step + 1):yyyy-MM}: {last.Forecast[step]:F0}, "
                + $"between {last.Quantiles[3 * step]:F0} and {last.Quantiles[3 * step + 2]:F0}");
        }
    }

    public static void Validation()
    {
        var ml = new MLContext(seed: 1);
        ShopMonth[] rows = [.. ShopMonths.Generate(months: 96, seed: 1)];
        IDataView table = ml.Data.LoadFromEnumerable(rows);

        TrainTestData split = ml.Data.TimeSplit(table, testFraction: 0.25, "Month", "Shop", numberOfContextRows: 24);
        ITransformer model = ml.Forecasting.Trainers.Lstm("Sales", horizon: 6, "Shop", "Month", contextLength: 24).Fit(split.TrainSet);

        double network = 0, lastYear = 0;
        var scored = ml.Data.CreateEnumerable<ShopForecast>(model.Transform(split.TestSet), reuseRowObject: false);
        foreach (ShopForecast[] shop in scored.GroupBy(row => row.Shop).Select(shop => shop.ToArray()))
        {
            // Origins from the last training row on, each with six known months after it.
            for (int origin = 23; origin + 6 < shop.Length; origin++)
            {
                for (int step = 0; step < 6; step++)
                {
                    float actual = shop[origin + 1 + step].Sales;
                    network += Math.Abs(actual - shop[origin].Forecast[step]);
                    lastYear += Math.Abs(actual - shop[origin + 1 + step - 12].Sales);
                }
            }
        }
        Console.WriteLine($"the error is {100 * network / lastYear:F0}% of that of the same month last year");
    }
}
