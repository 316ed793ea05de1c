// Trains the model and saves it. The file has the methods that Model Builder generates, so that the model can be trained again on another
// file of the same columns.
using Microsoft.ML;
using MlNetRecurrent;

namespace SentimentAnalysis;

public static partial class SentimentModel
{
    /// <summary>The file that comes with the sample.</summary>
    public const string RetrainFilePath = "reviews.tsv";

    /// <summary>The separator of its columns.</summary>
    public const char RetrainSeparatorChar = '\t';

    /// <summary>Whether its first line has the names of the columns.</summary>
    public const bool RetrainHasHeader = true;

    /// <summary>Whether its values may stand in quotes. Here, quotes are part of the sentences.</summary>
    public const bool RetrainAllowQuoting = false;

    // Punctuation parts words even where the writer forgot the space: "conversations.MAJOR PROBLEMS!!"
    private static readonly char[] _separators = [' ', '.', ',', '!', '?', '-', ';', ':', '(', ')', '"', '/', '*', '&'];

    /// <summary>Trains on all lines of a file, and saves the model.</summary>
    /// <param name="outputModelPath">The file for the model.</param>
    /// <param name="inputDataFilePath">The file, with the columns of <see cref="ModelInput"/>.</param>
    /// <param name="separatorChar">The separator of the columns.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="allowQuoting">Whether values may stand in quotes.</param>
    public static void Train(
        string outputModelPath, string inputDataFilePath = RetrainFilePath, char separatorChar = RetrainSeparatorChar,
        bool hasHeader = RetrainHasHeader, bool allowQuoting = RetrainAllowQuoting)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = LoadIDataViewFromFile(mlContext, inputDataFilePath, separatorChar, hasHeader, allowQuoting);
        ITransformer model = RetrainModel(mlContext, data);
        SaveModel(mlContext, model, data, outputModelPath);
    }

    /// <summary>Loads a file.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="inputDataFilePath">The file, with the columns of <see cref="ModelInput"/>.</param>
    /// <param name="separatorChar">The separator of the columns.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="allowQuoting">Whether values may stand in quotes.</param>
    /// <returns>The rows of the file.</returns>
    public static IDataView LoadIDataViewFromFile(
        MLContext mlContext, string inputDataFilePath, char separatorChar, bool hasHeader, bool allowQuoting)
    {
        // The file that comes with the sample lies beside the program.
        string path = inputDataFilePath == RetrainFilePath ? Path.Combine(AppContext.BaseDirectory, RetrainFilePath) : inputDataFilePath;
        return mlContext.Data.LoadFromTextFile<ModelInput>(path, separatorChar, hasHeader, allowQuoting);
    }

    /// <summary>Saves a model.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Data with the columns that the model was trained on.</param>
    /// <param name="modelSavePath">The file for the model.</param>
    public static void SaveModel(MLContext mlContext, ITransformer model, IDataView data, string modelSavePath) =>
        mlContext.Model.Save(model, data.Schema, modelSavePath);

    /// <summary>Trains on some data.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">Sentences with their sentiment.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>Builds the pipeline: words become keys, for each of which the network learns a vector.</summary>
    /// <param name="mlContext">The context.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext) => BuildPipeline(mlContext, new ConsoleProgress());

    /// <summary>Builds the pipeline for a program that reports the progress elsewhere than in the console.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, IProgress<TrainingProgress> progress)
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
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedSentiment", "PredictedLabel"));
    }

    /// <summary>Four fifths of the sentences.</summary>
    public static IDataView LoadTrainingSentences(MLContext mlContext) => Split(mlContext).TrainSet;

    /// <summary>The other fifth.</summary>
    public static IDataView LoadTestSentences(MLContext mlContext) => Split(mlContext).TestSet;

    // Some sentences stand in the file twice; the key keeps both in one part, where they are the same to the letter.
    private static DataOperationsCatalog.TrainTestData Split(MLContext mlContext) =>
        mlContext.Data.TrainTestSplit(LoadSample(mlContext), testFraction: 0.2, samplingKeyColumnName: nameof(ModelInput.Text), seed: 1);

    private static IDataView LoadSample(MLContext mlContext) =>
        LoadIDataViewFromFile(mlContext, RetrainFilePath, RetrainSeparatorChar, RetrainHasHeader, RetrainAllowQuoting);
}
