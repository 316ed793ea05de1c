// Trains the model and saves it. The file has the methods that Model Builder generates, so that the model can be trained again on another
// file of the same columns.
using Microsoft.ML;
using MlNetRecurrent;

namespace AlgorithmicPatterns;

public static partial class PatternModel
{
    /// <summary>The file of words that the program writes beside itself.</summary>
    public const string RetrainFilePath = "words.tsv";

    /// <summary>The separator of its columns.</summary>
    public const char RetrainSeparatorChar = '\t';

    /// <summary>Whether its first line has the names of the columns.</summary>
    public const bool RetrainHasHeader = true;

    /// <summary>Whether its values may stand in quotes.</summary>
    public const bool RetrainAllowQuoting = false;

    private const int EpochsWithoutLessons = 60;

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
    /// <param name="trainData">Words, each with what follows each of its symbols.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>
    /// Builds the pipeline with stacks with rounded actions. Without lessons and a choice among seeds, it hardly counts beyond its data.
    /// </summary>
    /// <param name="mlContext">The context.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext)
    {
        RecurrentOptions options = Options(Contestant.RoundingStack.Layer, seed: 1);
        options.NumberOfEpochs = EpochsWithoutLessons;
        options.Progress = new ConsoleProgress();
        return BuildPipeline(mlContext, options);
    }

    /// <summary>
    /// Builds the pipeline: a word becomes its symbols, each a vector of zeros and a one; the label of each is the symbol that follows.
    /// </summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="options">The network and its training.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, RecurrentOptions options) =>
        mlContext.Transforms.TokenizeIntoCharacters("Symbols", nameof(ModelInput.Text))
            .Append(mlContext.Transforms.Conversion.MapKeyToVector("Features", "Symbols"))
            .Append(mlContext.Transforms.TokenizeIntoCharacters("Label", nameof(ModelInput.Next)))
            .Append(mlContext.MulticlassClassification.Trainers.SequenceTagger(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedNext", "PredictedLabel"));

    private static RecurrentOptions Options(RecurrentLayer layer, int seed) => new()
    {
        Layers = [layer],
        HasOutputBias = false,
        NormalizeFeatures = false,
        NumberOfEpochs = 1,
        LearningRate = 0.01f,
        Schedule = LearningRateSchedule.Constant,
        Seed = seed,
        StackActionsColumnName = layer is StackLayer ? StackPicture.Column : null,
    };
}
