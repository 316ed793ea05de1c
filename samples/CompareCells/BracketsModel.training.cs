using Microsoft.ML;
using MlNetRecurrent;

namespace CompareCells;

public static partial class BracketsModel
{
    /// <summary>The longest text that is learned from.</summary>
    public const int LongestTrained = 40;

    /// <summary>The size of the vector that is learned for each bracket.</summary>
    public const int EmbeddingSize = 8;

    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData, RecurrentOptions options) =>
        BuildPipeline(mlContext, options).Fit(trainData);

    /// <summary>A text becomes its characters, one a step.</summary>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, RecurrentOptions options) =>
        mlContext.Transforms.TokenizeIntoCharacters("Features", nameof(ModelInput.Text))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(ModelInput.Next)))
            .Append(mlContext.MulticlassClassification.Trainers.Recurrent(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(nameof(ModelOutput.PredictedNext), "PredictedLabel"));

    /// <summary>What is the same for all kinds of networks; a quarter of the texts chooses the epoch and the learning rate.</summary>
    public static RecurrentOptions Options(RecurrentLayer[] layers, float learningRate, IProgress<TrainingProgress> progress) => new()
    {
        Layers = layers,
        EmbeddingSize = EmbeddingSize,
        Pooling = SequencePooling.Last,
        LearningRate = learningRate,
        Schedule = LearningRateSchedule.Cosine,
        NumberOfEpochs = 15,
        ValidationFraction = 0.25,
        // Of seeds 1 to 5, the one whose figures lie in the midst.
        Seed = 4,
        Progress = progress,
    };

    public static IDataView LoadTrainingTexts(MLContext mlContext, Brackets brackets) =>
        mlContext.Data.LoadFromEnumerable(brackets.Generate(count: 3200, shortest: 3, LongestTrained, seed: 1).ToArray());
}
