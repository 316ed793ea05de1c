using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace MlNetRecurrent.Tests.Trainings;

/// <summary>A training on data that is never in memory as a whole.</summary>
internal static class StreamedTraining
{
    /// <returns>0 where the process never took more memory than the bound.</returns>
    public static int Run(int rows, int mostMegabytes)
    {
        var ml = new MLContext(seed: 1);
        var clock = Stopwatch.StartNew();
        RecurrentTransformer model = ml.BinaryClassification.Trainers.Recurrent(new()
        {
            Layers = [new GruLayer(16)],
            NumberOfFeatures = Row.FeaturesOfAStep,
            NumberOfEpochs = 1,
            BatchSize = 256,
            ValidationFraction = 0.01,
            Seed = 1,
        }).Fit(ml.Data.LoadFromEnumerable(Generate(rows)));
        using var process = Process.GetCurrentProcess();
        long most = process.PeakWorkingSet64 >> 20, data = (long)rows * Row.Steps * Row.FeaturesOfAStep * sizeof(float) >> 20;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{rows} rows of {data} MiB in {clock.Elapsed.TotalSeconds:0.0} s: validation loss {model.Training.ValidationLoss:0.000}, "
            + $"at most {most} MiB of memory, of {mostMegabytes} MiB that are allowed"));
        return most <= mostMegabytes ? 0 : 1;
    }

    private static IEnumerable<Row> Generate(int rows)
    {
        var random = new Random(1);
        Row row = Row.Generate(random);
        for (int i = 0; i < rows; i++)
        {
            yield return row;
            row.Fill(random);
        }
    }
}
