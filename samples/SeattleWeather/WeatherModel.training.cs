// Trains the model and saves it. The file has the methods that Model Builder generates, so that the model can be trained again on another
// file of the same columns.
using Microsoft.ML;
using MlNetRecurrent;

namespace SeattleWeather;

public static partial class WeatherModel
{
    /// <summary>The file that comes with the sample.</summary>
    public const string RetrainFilePath = "seattle-weather.csv";

    /// <summary>The separator of its columns.</summary>
    public const char RetrainSeparatorChar = ',';

    /// <summary>Whether its first line has the names of the columns.</summary>
    public const bool RetrainHasHeader = true;

    /// <summary>Whether its values may stand in quotes.</summary>
    public const bool RetrainAllowQuoting = false;

    private const int WindowSize = 14;

    /// <summary>The first day of the test year.</summary>
    private static readonly DateTime _testBegins = new(2015, 1, 1);

    /// <summary>Trains on all lines of a file, and saves the model.</summary>
    /// <param name="outputModelPath">The file for the model.</param>
    /// <param name="inputDataFilePath">The file, with the columns of <see cref="ModelInput"/>, in the order of the days.</param>
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
    /// <param name="trainData">The days, in order.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>Builds the pipeline: each day has the two weeks before it beside it, and its own kind is the label.</summary>
    /// <param name="mlContext">The context.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext)
    {
        // Size, learning rate, noise and epochs were chosen on 2014, trained on 2012 and 2013.
        var options = new RecurrentOptions
        {
            Layers = [new LstmLayer(16)],
            Pooling = SequencePooling.Last,
            BatchSize = 16,
            LearningRate = 3e-3f,
            Schedule = LearningRateSchedule.Constant,
            NumberOfEpochs = 6,
            WeightNoise = 0.05f,
            Seed = 1,
            Progress = new ConsoleProgress(),
        };
        // Rain falls on few days and then a lot, so its logarithm tells more than the amount.
        return mlContext.Transforms.Expression("LogPrecipitation", "(x) => log(1 + x)", nameof(ModelInput.Precipitation))
            .Append(mlContext.Transforms.Categorical.OneHotEncoding("KindOfDay", nameof(ModelInput.Kind)))
            .Append(mlContext.Transforms.SlidingWindow(
                "Features",
                ["LogPrecipitation", nameof(ModelInput.TempMax), nameof(ModelInput.TempMin), nameof(ModelInput.Wind), "KindOfDay"],
                WindowSize,
                horizon: 1))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(ModelInput.Kind)))
            .Append(mlContext.MulticlassClassification.Trainers.Recurrent(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedKind", "PredictedLabel"));
    }

    /// <summary>The days from 2012 to 2014. The split is by time, since a forecast must not have seen the future.</summary>
    public static IDataView LoadTrainingDays(MLContext mlContext) =>
        mlContext.Data.FilterByCustomPredicate<ModelInput>(LoadSample(mlContext), day => day.Date >= _testBegins);

    /// <summary>The days of 2015, and before them the two weeks that the first one is forecast from.</summary>
    public static IDataView LoadTestDays(MLContext mlContext) =>
        mlContext.Data.FilterByCustomPredicate<ModelInput>(LoadSample(mlContext), day => day.Date < _testBegins.AddDays(-WindowSize));

    private static IDataView LoadSample(MLContext mlContext) =>
        LoadIDataViewFromFile(mlContext, RetrainFilePath, RetrainSeparatorChar, RetrainHasHeader, RetrainAllowQuoting);
}
