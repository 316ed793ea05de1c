using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Trainings;

/// <summary>A training with everything that a checkpoint keeps: dropout, validation, best weights, a halved rate, two threads.</summary>
internal static class ResumedTraining
{
    public static string Run(string checkpoint)
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, message) =>
        {
            if (message.Message.Contains("goes on", StringComparison.Ordinal))
                Console.Error.WriteLine(message.Message);
        };
        var random = new Random(1);
        Row[] rows = [.. Enumerable.Range(0, 600).Select(_ => Row.Generate(random))];
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        RecurrentTransformer model = ml.BinaryClassification.Trainers.Recurrent(new()
        {
            Layers = [new LstmLayer(24) { Dropout = 0.2f }, new GruLayer(16)],
            NumberOfFeatures = Row.FeaturesOfAStep,
            NumberOfEpochs = 100,
            ValidationFraction = 0.2,
            Schedule = LearningRateSchedule.HalveOnPlateau,
            LearningRate = 0.01f,
            NumberOfThreads = 2,
            Seed = 1,
            CheckpointPath = checkpoint,
            CheckpointInterval = TimeSpan.FromMilliseconds(20),
        }).Fit(data);
        float[] scores = [.. model.Transform(data).GetColumn<float>("Score")];
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<float>(scores));
        return string.Create(
            CultureInfo.InvariantCulture, $"{hash:x16} after {model.Training.Epochs} epochs, best {model.Training.BestEpoch}");
    }
}
