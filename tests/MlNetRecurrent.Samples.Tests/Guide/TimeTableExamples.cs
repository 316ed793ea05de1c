using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class TimeTableExamples
{
    public static void Calendar()
    {
        var ml = new MLContext(seed: 1);
        IDataView days = ml.Data.LoadFromEnumerable(new Sale[] { new() { Time = new(2025, 12, 24) }, new() { Time = new(2025, 12, 25) } });

        var calendar = ml.Transforms.FeaturizeCalendar(
            "Calendar", CalendarParts.DayOfWeek | CalendarParts.Weekend, "Time", holidays: [new DateOnly(2025, 12, 25)]);
        IDataView featurized = calendar.Fit(days).Transform(days);
        VBuffer<ReadOnlyMemory<char>> names = default;
        featurized.Schema["Calendar"].GetSlotNames(ref names);
        Console.WriteLine(string.Join(", ", names.DenseValues()));
        foreach (float[] features in featurized.GetColumn<float[]>("Calendar"))
            Console.WriteLine(Show(features));
    }

    public static void Hours()
    {
        var ml = new MLContext(seed: 1);
        DateTime day = new(2025, 12, 24);
        IDataView sales = ml.Data.LoadFromEnumerable(new Sale[]
        {
            new() { Shop = "north", Time = day.AddMinutes(5), Amount = 3, Price = 8 },
            new() { Shop = "north", Time = day.AddMinutes(40), Amount = 4, Price = 10 },
            new() { Shop = "north", Time = day.AddMinutes(190), Amount = 5, Price = 15 },
        });

        var hours = ml.Transforms.Resample(
            "Time", TimeSpan.FromHours(1), [new("Amount", ResampleFunction.Sum), new("Price", ResampleFunction.Mean)], "Shop");
        var filled = hours.Append(ml.Transforms.FillMissingValues(
            "Filled", "Price", MissingValueFill.InterpolateByOrder, groupColumnName: "Shop", orderColumnName: "Time"));
        IDataView table = filled.Fit(sales).Transform(sales);
        foreach (ShopHour hour in ml.Data.CreateEnumerable<ShopHour>(table, reuseRowObject: false))
            Console.WriteLine(FormattableString.Invariant($"{hour.Time:HH:mm}: {hour.Amount} sold, price {hour.Price} -> {hour.Filled}"));
    }

    public static void Scales()
    {
        var ml = new MLContext(seed: 1);
        DateTime start = new(2025, 1, 1);
        Sale[] rows =
        [
            .. Enumerable.Range(0, 400).Select(i => new Sale
            {
                Shop = i % 2 == 0 ? "kiosk" : "mall",
                Time = start.AddDays(i / 2),
                Amount = (i % 2 == 0 ? 1 : 1000) * (10 + i / 2 % 7),
            }),
        ];
        IDataView days = ml.Data.LoadFromEnumerable(rows);

        var pipeline = ml.Transforms.NormalizeByGroup("Scaled", groupColumnName: "Shop", inputColumnName: "Amount")
            .Append(ml.Transforms.FeaturizeCalendar("Calendar", CalendarParts.DayOfWeek, "Time"))
            .Append(ml.Transforms.SlidingWindow(
                "Features", ["Scaled", "Calendar"], windowSize: 7, horizon: 1, groupColumnName: "Shop", orderColumnName: "Time"))
            .Append(ml.Regression.Trainers.Gru("Scaled", hiddenSize: 16, numberOfEpochs: 30))
            .Append(ml.Transforms.DenormalizeByGroup("Forecast", "Score", normalizedColumnName: "Scaled"));
        ITransformer model = pipeline.Fit(days);

        using var engine = ml.Model.CreateSequenceEngine<Sale, SaleForecast>(model);
        SaleForecast[] forecasts = [.. rows.TakeLast(14).Select(engine.Predict)];
        Console.WriteLine(FormattableString.Invariant($"kiosk {forecasts[^2].Forecast:F0}, mall {forecasts[^1].Forecast:F0}"));
    }

    private static string Show(float[] values) =>
        string.Join(", ", values.Select(value => value.ToString("0.##", CultureInfo.InvariantCulture)));
}

public class Sale
{
    public string Shop { get; set; } = "";

    public DateTime Time { get; set; }

    public float Amount { get; set; }

    public float Price { get; set; }
}

public class ShopHour
{
    public string Shop { get; set; } = "";

    public DateTime Time { get; set; }

    public float Amount { get; set; }

    public float Price { get; set; }

    public float Filled { get; set; }
}

public class SaleForecast
{
    public float Forecast { get; set; }
}
