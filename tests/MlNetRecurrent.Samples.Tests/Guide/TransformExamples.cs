using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class TransformExamples
{
    public static void Arrays()
    {
        var ml = new MLContext(seed: 1);
        Recording[] recordings =
        [
            .. Motions.Generate(count: 300, seed: 1).Select((motion, number) => new Recording
            {
                Name = $"recording {number}",
                Steps = [.. motion.Features.Chunk(3)],
                Label = motion.Label,
            }),
        ];

        IDataView data = ml.Data.LoadFromEnumerable(recordings);
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.Gru(numberOfEpochs: 10))
            .Append(ml.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel"))
            .Fit(data);
        using var engine = ml.Model.CreatePredictionEngine<Recording, Activity>(model);
        Console.WriteLine($"{data.Schema["Features"].Type}: {engine.Predict(recordings[0]).Name}");
    }

    public static void Window()
    {
        var ml = new MLContext(seed: 1);
        IDataView days = ml.Data.LoadFromEnumerable(
            Enumerable.Range(1, 5).Select(day => new ShopDay { Shop = "north", Sales = 10 * day, Visitors = day }).ToArray());

        var window = ml.Transforms.SlidingWindow("Features", ["Sales", "Visitors"], windowSize: 2, horizon: 1);
        IDataView windows = window.Fit(days).Transform(days);
        Console.WriteLine(windows.Schema["Features"].Type);
        foreach ((float[] features, float sales) in windows.GetColumn<float[]>("Features").Zip(windows.GetColumn<float>("Sales")))
            Console.WriteLine($"{string.Join(", ", features)} -> {sales}");
    }

    public static void Groups()
    {
        var ml = new MLContext(seed: 1);
        IDataView visits = ml.Data.LoadFromEnumerable(new Visit[]
        {
            new() { Customer = "ann", Day = 1, Spent = 5 }, new() { Customer = "bob", Day = 2, Spent = 7 },
            new() { Customer = "ann", Day = 3, Spent = 2, Returned = true },
            new() { Customer = "ann", Day = 9, Spent = 4, Returned = true },
        });

        var grouping = ml.Transforms.GroupIntoSequences(
            groupColumnName: "Customer", orderColumnName: "Day", sequenceColumnNames: ["Spent"], scalarColumnNames: ["Returned"]);
        IDataView customers = grouping.Fit(visits).Transform(visits);
        foreach (Customer customer in ml.Data.CreateEnumerable<Customer>(customers, reuseRowObject: false))
            Console.WriteLine($"{customer.Name}: {string.Join(", ", customer.Spent)} -> {customer.Returned}");
    }

    public static void Steps()
    {
        var ml = new MLContext(seed: 1);
        IDataView trips = ml.Data.LoadFromEnumerable(new Trip[] { new() { Speed = [30, 50, 0], Road = ["town", "highway", "town"] } });

        var steps = ml.Transforms.Conversion.MapValueToKey("Road")
            .Append(ml.Transforms.Differences("Acceleration", "Speed"))
            .Append(ml.Transforms.ZipSteps("Features", ["Speed", "Acceleration", "Road"]));
        IDataView zipped = steps.Fit(trips).Transform(trips);
        foreach (float[] step in zipped.GetColumn<float[]>("Features").Single().Chunk(4))
            Console.WriteLine(string.Join(", ", step));
    }

    public static void Shops()
    {
        var ml = new MLContext(seed: 1);
        ShopDay[] rows = [.. ShopDay.Generate(days: 120, seed: 1)];
        IDataView days = ml.Data.LoadFromEnumerable(rows);

        var pipeline = ml.Transforms.SlidingWindow("Features", ["Sales", "Visitors"], windowSize: 7, horizon: 1, groupColumnName: "Shop")
            .Append(ml.Regression.Trainers.Gru("Sales", numberOfEpochs: 3));
        ITransformer model = pipeline.Fit(days);

        using var engine = ml.Model.CreateSequenceEngine<ShopDay, DemandForecast>(model);
        foreach (ShopDay day in rows.TakeLast(14))
            engine.Predict(day);
        using var state = new MemoryStream();
        engine.SaveState(state);
        Console.WriteLine($"the engine remembers the last days of {engine.NumberOfGroups} shops");
    }
}

public class ShopDay
{
    public string Shop { get; set; } = "";

    public float Sales { get; set; }

    public float Visitors { get; set; }

    /// <summary>The days of two shops, in the order of time.</summary>
    public static IEnumerable<ShopDay> Generate(int days, int seed)
    {
        var random = new Random(seed);
        for (int day = 0; day < days; day++)
        {
            foreach (string shop in (string[])["north", "south"])
            {
                float visitors = 50 + 20 * (day % 7 / 5) + random.Next(10);
                yield return new ShopDay { Shop = shop, Visitors = visitors, Sales = 3 * visitors + random.Next(20) };
            }
        }
    }
}

public class Visit
{
    public string Customer { get; set; } = "";

    public float Day { get; set; }

    public float Spent { get; set; }

    public bool Returned { get; set; }
}

public class Customer
{
    [ColumnName("Customer")]
    public string Name { get; set; } = "";

    public float[] Spent { get; set; } = [];

    public bool Returned { get; set; }
}

public class Trip
{
    public float[] Speed { get; set; } = [];

    public string[] Road { get; set; } = [];
}
