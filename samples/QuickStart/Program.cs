using Microsoft.ML;
using Microsoft.ML.Data;

// Sequences of 10 to 30 readings of two sensors. Does the first sensor lead the second, or follow it?
var ml = new MLContext(seed: 1);
IDataView training = ml.Data.LoadFromEnumerable(Reading.Generate(count: 1000, seed: 1));
IDataView test = ml.Data.LoadFromEnumerable(Reading.Generate(count: 500, seed: 2));

var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
    .Append(ml.MulticlassClassification.Trainers.Lstm())
    .Append(ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
ITransformer model = pipeline.Fit(training);

MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(test));
Console.WriteLine($"accuracy {metrics.MicroAccuracy:F3}, log-loss {metrics.LogLoss:F3}");

ml.Model.Save(model, training.Schema, "sensors.zip");
ITransformer loaded = ml.Model.Load("sensors.zip", out _);
using var engine = ml.Model.CreatePredictionEngine<Reading, Prediction>(loaded);
Console.WriteLine($"the first sensor {engine.Predict(Reading.Generate(count: 1, seed: 3).Single()).Predicted}");

public class Reading
{
    // Any number of steps of two features each, one step after the other.
    [VectorType(0, 2)]
    public float[] Features { get; set; } = [];

    public string Label { get; set; } = "";

    public static IEnumerable<Reading> Generate(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            bool leads = random.Next(2) == 0;
            double phase = 6 * random.NextDouble(), lag = leads ? -0.8 : 0.8;
            yield return new Reading
            {
                Label = leads ? "leads" : "follows",
                Features =
                [
                    .. Enumerable.Range(0, random.Next(10, 31))
                        .SelectMany(t => new[] { Noisy(phase + 0.5 * t), Noisy(phase + lag + 0.5 * t) }),
                ],
            };
        }

        float Noisy(double angle) => (float)(Math.Sin(angle) + 2 * (random.NextDouble() - 0.5));
    }
}

public class Prediction
{
    public string Predicted { get; set; } = "";
}
