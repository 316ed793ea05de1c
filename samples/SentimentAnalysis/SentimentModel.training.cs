using Microsoft.ML;
using MlNetRecurrent;

namespace SentimentAnalysis;

public static partial class SentimentModel
{
    public const string RetrainFilePath = "reviews.tsv";
    public const char RetrainSeparatorChar = '\t';
    public const bool RetrainHasHeader = true;
    // Quotes are part of the sentences.
    public const bool RetrainAllowQuoting = false;

    // Punctuation parts words even where the writer forgot the space: "conversations.MAJOR PROBLEMS!!"
    private static readonly char[] _separators = [' ', '.', ',', '!', '?', '-', ';', ':', '(', ')', '"', '/', '*', '&'];

    /// <summary>Trains on the sentences that are not for the test, and saves the model.</summary>
    public static ITransformer Train(string outputModelPath, IProgress<TrainingProgress>? progress = null)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = LoadTrainingSentences(mlContext);
        ITransformer model = RetrainModel(mlContext, data, progress);
        mlContext.Model.Save(model, data.Schema, outputModelPath);
        return model;
    }

    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData, IProgress<TrainingProgress>? progress = null) =>
        BuildPipeline(mlContext, progress).Fit(trainData);

    /// <summary>Words become keys, for each of which the network learns a vector.</summary>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, IProgress<TrainingProgress>? progress = null)
    {
        // Chosen by cross-validation on the training sentences.
        var options = new RecurrentOptions
        {
            Layers = [new GruLayer(64) { Bidirectional = true, Dropout = 0.5f }],
            Pooling = SequencePooling.Max,
            Optimizer = RecurrentOptimizer.RmsProp,
            LearningRate = 2e-3f,
            Schedule = LearningRateSchedule.Constant,
            LabelSmoothing = 0.1f,
            NumberOfEpochs = 30,
            ValidationFraction = 0.15,
            EarlyStoppingPatience = 3,
            Seed = 1,
            Progress = progress,
        };
        return mlContext.Transforms.Text.NormalizeText("Words", nameof(ModelInput.Text))
            .Append(mlContext.Transforms.Text.TokenizeIntoWords("Words", separators: _separators))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Features", "Words"))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(ModelInput.Sentiment)))
            .Append(mlContext.MulticlassClassification.Trainers.Recurrent(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(nameof(ModelOutput.PredictedSentiment), "PredictedLabel"));
    }

    /// <summary>Four fifths of the sentences.</summary>
    public static IDataView LoadTrainingSentences(MLContext mlContext) => Split(mlContext).TrainSet;

    /// <summary>The other fifth.</summary>
    public static IDataView LoadTestSentences(MLContext mlContext) => Split(mlContext).TestSet;

    // Some sentences stand in the file twice; the key keeps both in one part, where they are the same to the letter.
    private static DataOperationsCatalog.TrainTestData Split(MLContext mlContext) =>
        mlContext.Data.TrainTestSplit(LoadFile(mlContext), testFraction: 0.2, samplingKeyColumnName: nameof(ModelInput.Text), seed: 1);

    private static IDataView LoadFile(MLContext mlContext) =>
        mlContext.Data.LoadFromTextFile<ModelInput>(
            Path.Combine(AppContext.BaseDirectory, RetrainFilePath), RetrainSeparatorChar, RetrainHasHeader, RetrainAllowQuoting);
}
