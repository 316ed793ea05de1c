using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent;

// The level of the water in a tank rises. How long until the tank overflows?
var ml = new MLContext(seed: 1);
IDataView data = ml.Data.LoadFromEnumerable(Tank.Generate(count: 1000, seed: 1));

// Ctrl+C ends the training, and so does a power cut: started again, the program goes on where it was.
using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    cancellation.Cancel();
};

RecurrentTrainer trainer = ml.Regression.Trainers.Recurrent(new RecurrentOptions
{
    Layers = [new GruLayer(24)],
    ValidationFraction = 0.2,
    CheckpointPath = "tank.ckpt",
    Progress = new EpochLines(),
    CancellationToken = cancellation.Token,
    Seed = 1,
});
RecurrentTransformer model;
try
{
    model = trainer.Fit(data);
}
catch (OperationCanceledException)
{
    Console.WriteLine("cancelled; started again, it goes on");
    return;
}
Console.WriteLine($"epoch {model.Training.BestEpoch} of {model.Training.Epochs} was the best");

RegressionMetrics metrics = ml.Regression.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(Tank.Generate(count: 500, seed: 2))));
Console.WriteLine($"on other tanks the error is {metrics.MeanAbsoluteError:F1} minutes");

public class EpochLines : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress progress)
    {
        if (!progress.IsEpochDone || progress.Epoch % 10 != 0)
            return;
        string metrics = string.Join(", ", progress.ValidationMetrics.Select(metric => $"{metric.Key} {metric.Value:F2}"));
        Console.WriteLine($"epoch {progress.Epoch}: {metrics}");
    }
}

public class Tank
{
    // The level of the water, in metres, once a minute; a tank is ten metres high.
    [VectorType(0, 1)]
    public float[] Features { get; set; } = [];

    // Minutes until it overflows.
    public float Label { get; set; }

    public static IEnumerable<Tank> Generate(int count, int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            double level = 5 * random.NextDouble(), rise = 0.1 + 0.3 * random.NextDouble();
            int minutes = random.Next(5, 12);
            yield return new Tank
            {
                Features = [.. Enumerable.Range(0, minutes).Select(t => (float)(level + rise * t + 0.1 * (random.NextDouble() - 0.5)))],
                Label = (float)((10 - level) / rise - minutes + 1),
            };
        }
    }
}
