using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.DataOperationsCatalog;

namespace MlNetRecurrent.Samples.Tests.Guide;

internal static class RegressExamples
{
    public static void Windows()
    {
        var ml = new MLContext(seed: 1);
        IDataView hours = ml.Data.LoadFromEnumerable(Hours.Generate(count: 2000, seed: 1).ToArray());

        TrainTestData split = ml.Data.TimeSplit(hours, testFraction: 0.2, numberOfContextRows: 24);
        var pipeline = ml.Transforms.SlidingWindow("Features", ["Demand", "Temperature"], windowSize: 24, horizon: 1)
            .Append(ml.Regression.Trainers.Gru("Demand"));
        ITransformer model = pipeline.Fit(split.TrainSet);

        RegressionMetrics metrics = ml.Regression.Evaluate(model.Transform(split.TestSet), "Demand");
        float[] demand = [.. split.TestSet.GetColumn<float>("Demand").Skip(23)];
        double naive = demand.Skip(1).Zip(demand, (now, before) => Math.Abs(now - before)).Average();
        Console.WriteLine($"mean absolute error {metrics.MeanAbsoluteError:F1} MW; the last hour as forecast: {naive:F1} MW");

        using var engine = ml.Model.CreatePredictionEngine<Hour, DemandForecast>(model);
        DemandForecast next = new();
        foreach (Hour hour in ml.Data.CreateEnumerable<Hour>(hours, reuseRowObject: false).TakeLast(24))
            next = engine.Predict(hour);
        Console.WriteLine($"the next hour: {next.Score:F0} MW");

        var importance = ml.Regression.PermutationFeatureImportance(
            model, model.Transform(split.TestSet), SequencePermutation.Feature, "Demand", seed: 1);
        foreach (var (name, change) in importance.OrderBy(column => column.Value.RSquared.Mean))
            Console.WriteLine($"{name} exchanged: R² {metrics.RSquared + change.RSquared.Mean:F2}");
    }

    public static void StepsAhead()
    {
        var ml = new MLContext(seed: 1);
        IDataView hours = ml.Data.LoadFromEnumerable(Hours.Generate(count: 2000, seed: 1).ToArray());

        // The label of an hour: the demand of the two hours before it, and its own.
        IDataView labeled = ml.Transforms.SlidingWindow("Next", ["Demand"], windowSize: 3).Fit(hours).Transform(hours);
        TrainTestData split = ml.Data.TimeSplit(labeled, testFraction: 0.2, numberOfContextRows: 26);
        // The features end three hours before it.
        var pipeline = ml.Transforms.SlidingWindow("Features", ["Demand", "Temperature"], windowSize: 24, horizon: 3)
            .Append(ml.Regression.Trainers.Gru("Next"));
        ITransformer model = pipeline.Fit(split.TrainSet);

        VectorRegressionMetrics metrics = ml.Regression.EvaluateVector(model.Transform(split.TestSet), "Next");
        foreach ((int i, SlotRegressionMetrics slot) in metrics.PerSlot.Index())
            Console.WriteLine($"in {i + 1} h: mean absolute error {slot.MeanAbsoluteError:F1} MW");

        using var engine = ml.Model.CreatePredictionEngine<Hour, DemandForecasts>(model);
        DemandForecasts next = new();
        foreach (Hour hour in ml.Data.CreateEnumerable<Hour>(hours, reuseRowObject: false).TakeLast(24))
            next = engine.Predict(hour);
        Console.WriteLine($"the next hours: {string.Join(", ", next.Score.Select(score => $"{score:F0}"))} MW");
    }
}

/// <summary>The demand for power, for the page on regression: it follows the hour of the day and the temperature.</summary>
public class Hour
{
    public float Demand { get; set; }

    public float Temperature { get; set; }
}

/// <summary>Generated hours, in the order of time.</summary>
internal static class Hours
{
    public static IEnumerable<Hour> Generate(int count, int seed)
    {
        var random = new Random(seed);
        double weather = 0, other = 0;
        for (int t = 0; t < count; t++)
        {
            double day = 2 * Math.PI * t / 24;
            weather = 0.98 * weather + random.NextDouble() - 0.5;
            other = 0.8 * other + 4 * (random.NextDouble() - 0.5);
            double temperature = 15 + 5 * Math.Sin(day - 2) + 2 * weather;
            yield return new Hour
            {
                Temperature = (float)temperature,
                Demand = (float)(100 + 25 * Math.Sin(day) + 8 * Math.Sin(2 * day) + 1.5 * Math.Abs(temperature - 15) + other),
            };
        }
    }
}

public class DemandForecast
{
    public float Score { get; set; }
}

public class DemandForecasts
{
    public float[] Score { get; set; } = [];
}
