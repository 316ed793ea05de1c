using Microsoft.ML;
using Microsoft.ML.Transforms;
using MlNetRecurrent;

namespace SpokenDigits;

public static partial class DigitModel
{
    /// <summary>What the layers of the pyramid join: each but the first reads two steps of the one below as one.</summary>
    public const int Pyramid = 2;

    /// <summary>Layers that join nothing, each as long as the word.</summary>
    public const int FullLength = 1;

    /// <summary>Trains on some words, and saves the model.</summary>
    public static ITransformer Train(string outputModelPath, IEnumerable<ModelInput> words, IProgress<TrainingProgress>? progress = null)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = mlContext.Data.LoadFromEnumerable(words);
        ITransformer model = RetrainModel(mlContext, data, Pyramid, progress);
        mlContext.Model.Save(model, data.Schema, outputModelPath);
        return model;
    }

    public static ITransformer RetrainModel(
        MLContext mlContext, IDataView trainData, int timeReduction, IProgress<TrainingProgress>? progress = null) =>
        BuildPipeline(mlContext, timeReduction, progress).Fit(trainData);

    /// <summary>Three layers in both directions.</summary>
    public static IEstimator<ITransformer> BuildPipeline(
        MLContext mlContext, int timeReduction, IProgress<TrainingProgress>? progress = null)
    {
        // Schedule and epochs were chosen on speakers of whom neither training nor test have heard.
        // Layers as PyramidalRnn has them, of which the short form says no more than size, epochs and rate.
        var options = new RecurrentOptions
        {
            FeatureColumnName = nameof(ModelInput.Frames),
            Layers =
            [
                new LstmLayer(32) { Bidirectional = true },
                new LstmLayer(32) { Bidirectional = true, TimeReduction = timeReduction },
                new LstmLayer(32) { Bidirectional = true, TimeReduction = timeReduction },
            ],
            Pooling = SequencePooling.Last,
            LearningRate = 3e-3f,
            Schedule = LearningRateSchedule.Cosine,
            NumberOfEpochs = 12,
            Seed = 1,
            Progress = progress,
        };
        return mlContext.Transforms.Conversion
            .MapValueToKey("Label", nameof(ModelInput.Digit), keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Append(mlContext.MulticlassClassification.Trainers.Recurrent(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(nameof(ModelOutput.PredictedDigit), "PredictedLabel"));
    }
}
