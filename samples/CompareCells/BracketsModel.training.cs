// Trains the model and saves it. The file has the methods that Model Builder generates, so that the model can be trained again on another
// file of the same columns.
using Microsoft.ML;
using MlNetRecurrent;

namespace CompareCells;

public static partial class BracketsModel
{
    /// <summary>The file of texts that the program writes beside itself.</summary>
    public const string RetrainFilePath = "brackets.tsv";

    /// <summary>The separator of its columns.</summary>
    public const char RetrainSeparatorChar = '\t';

    /// <summary>Whether its first line has the names of the columns.</summary>
    public const bool RetrainHasHeader = true;

    /// <summary>Whether its values may stand in quotes.</summary>
    public const bool RetrainAllowQuoting = false;

    /// <summary>The longest text that is learned from.</summary>
    public const int LongestTrained = 40;

    /// <summary>The size of the vector that is learned for each bracket.</summary>
    public const int EmbeddingSize = 8;

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
        // The file that the program writes lies beside the program.
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
    /// <param name="trainData">Texts, each with the bracket that must close next.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>Builds the pipeline with the network that is right at any length: stacks alone.</summary>
    /// <param name="mlContext">The context.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext) =>
        BuildPipeline(mlContext, Options(Contestant.StacksAlone.Layers, learningRate: 0.02f, new ConsoleProgress()));

    /// <summary>Builds the pipeline: a text becomes its characters, one a step.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="options">The network and its training.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, RecurrentOptions options) =>
        mlContext.Transforms.TokenizeIntoCharacters("Features", nameof(ModelInput.Text))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(ModelInput.Next)))
            .Append(mlContext.MulticlassClassification.Trainers.Recurrent(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedNext", "PredictedLabel"));

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

    /// <summary>Writes the texts to learn from into the file, and loads it.</summary>
    public static IDataView LoadTrainingTexts(MLContext mlContext, Brackets brackets)
    {
        IEnumerable<string> lines = brackets.Generate(count: 3200, shortest: 3, LongestTrained, seed: 1)
            .Select(text => $"{text.Text}{RetrainSeparatorChar}{text.Next}");
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, RetrainFilePath), lines.Prepend($"text{RetrainSeparatorChar}next"));
        return LoadIDataViewFromFile(mlContext, RetrainFilePath, RetrainSeparatorChar, RetrainHasHeader, RetrainAllowQuoting);
    }
}
