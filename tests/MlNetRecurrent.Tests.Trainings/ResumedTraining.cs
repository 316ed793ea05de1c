using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Trainings;

/// <summary>Trainings with everything that a checkpoint keeps: dropout, validation, best weights, a halved rate, two threads.</summary>
internal static class ResumedTraining
{
    /// <summary>Trains a classifier.</summary>
    public static string Classify(string checkpoint)
    {
        MLContext ml = CreateContext();
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
        return Describe(model, [.. model.Transform(data).GetColumn<float>("Score")]);
    }

    /// <summary>Trains a tagger with a CRF, on words, their characters, static columns, and steps some of which weigh nothing.</summary>
    public static string Tag(string checkpoint)
    {
        MLContext ml = CreateContext();
        var random = new Random(1);
        IDataView rows = ml.Data.LoadFromEnumerable((Sentence[])[.. Enumerable.Range(0, 300).Select(_ => Sentence.Generate(random))]);
        IDataView data = ml.Transforms.Conversion.MapValueToKey(nameof(Sentence.Tags)).Fit(rows).Transform(rows);
        RecurrentTransformer model = ml.MulticlassClassification.Trainers.SequenceTagger(new RecurrentOptions
        {
            LabelColumnName = nameof(Sentence.Tags),
            FeatureColumnNames = [nameof(Sentence.Words), nameof(Sentence.Characters)],
            StaticColumnNames = [nameof(Sentence.Topic), nameof(Sentence.Size)],
            ExampleWeightColumnName = nameof(Sentence.Weights),
            Layers = [new LstmLayer(16) { Bidirectional = true, Dropout = 0.2f }],
            EmbeddingSize = 8,
            UseCrf = true,
            TagScheme = TagScheme.Bio,
            NumberOfAlternatives = 2,
            NumberOfEpochs = 60,
            ValidationFraction = 0.2,
            Schedule = LearningRateSchedule.HalveOnPlateau,
            LearningRate = 0.01f,
            TokenDropout = 0.1f,
            NumberOfThreads = 2,
            Seed = 1,
            CheckpointPath = checkpoint,
            CheckpointInterval = TimeSpan.FromMilliseconds(20),
        }).Fit(data);
        IDataView scored = model.Transform(data);
        string[] columns = ["Score", "AlternativeProbabilities"];
        return Describe(model, [.. columns.SelectMany(column => scored.GetColumn<float[]>(column)).SelectMany(row => row)]);
    }

    /// <summary>A context that prints whether a training goes on from its checkpoint.</summary>
    private static MLContext CreateContext()
    {
        var ml = new MLContext(seed: 1);
        ml.Log += (_, message) =>
        {
            if (message.Message.Contains("goes on", StringComparison.Ordinal))
                Console.Error.WriteLine(message.Message);
        };
        return ml;
    }

    private static string Describe(RecurrentTransformer model, float[] scores)
    {
        ulong hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<float>(scores));
        return string.Create(
            CultureInfo.InvariantCulture, $"{hash:x16} after {model.Training.Epochs} epochs, best {model.Training.BestEpoch}");
    }
}
