// Trains the model and saves it. The file has the methods that Model Builder generates, so that the model can be trained again on another
// file of the same columns.
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent;

namespace TemperatureRegression;

public static partial class TemperatureModel
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

    /// <summary>
    /// Trains twice: first the last third of the days shows the best number of epochs, then the training takes all days for that many.
    /// </summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">The days, in order.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData)
    {
        ITransformer trial = BuildPipeline(mlContext).Fit(trainData);
        return RetrainModel(mlContext, trainData, trial.GetRecurrent().Training.BestEpoch);
    }

    /// <summary>Trains on all days.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">The days, in order.</param>
    /// <param name="numberOfEpochs">How often the training goes through the days.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData, int numberOfEpochs)
    {
        RecurrentOptions all = Options();
        all.NumberOfEpochs = numberOfEpochs;
        return BuildPipeline(mlContext, all).Fit(trainData);
    }

    /// <summary>Builds the pipeline of the trial, in which the last third of the days shows the best number of epochs.</summary>
    /// <param name="mlContext">The context.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext)
    {
        RecurrentOptions trial = Options();
        trial.NumberOfEpochs = 100;
        trial.ValidationFraction = 1.0 / 3;
        trial.ValidateOnLastRows = true;
        trial.EarlyStoppingPatience = 15;
        return BuildPipeline(mlContext, trial);
    }

    /// <summary>Each day has the two weeks before it beside it, and its highest temperature is the one to forecast.</summary>
    private static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, RecurrentOptions options) =>
        BuildWindows(mlContext).Append(mlContext.Regression.Trainers.Recurrent(options));

    /// <summary>The same windows for the linear model, as one long vector; L2 was chosen on 2014, as for the network.</summary>
    public static IEstimator<ITransformer> BuildLinearPipeline(MLContext mlContext) => BuildWindows(mlContext)
        .Append(mlContext.Transforms.NormalizeMeanVariance("Features"))
        .Append(mlContext.Regression.Trainers.Sdca(new()
        {
            LabelColumnName = nameof(ModelInput.TempMax),
            L2Regularization = 0.01f,
            NumberOfThreads = 1,
        }));

    private static EstimatorChain<ITransformer> BuildWindows(MLContext mlContext) =>
        // Rain falls on few days and then a lot, so its logarithm tells more than the amount.
        mlContext.Transforms.Expression("LogPrecipitation", "(x) => log(1 + x)", nameof(ModelInput.Precipitation))
            .Append(mlContext.Transforms.CustomMapping<Season.Input, Season>(Season.Factory.Map, Season.Factory.Contract))
            .Append(mlContext.Transforms.SlidingWindow(
                "Features",
                [
                    nameof(ModelInput.TempMax), nameof(ModelInput.TempMin), "LogPrecipitation", nameof(ModelInput.Wind),
                    nameof(Season.Sine), nameof(Season.Cosine),
                ],
                WindowSize,
                horizon: 1));

    // Window, size, batch, learning rate and noise were chosen on 2014, trained on 2012 and 2013.
    private static RecurrentOptions Options() => new()
    {
        LabelColumnName = nameof(ModelInput.TempMax),
        Layers = [new GruLayer(16)],
        BatchSize = 16,
        Pooling = SequencePooling.Last,
        LearningRate = 3e-3f,
        Schedule = LearningRateSchedule.Constant,
        WeightNoise = 0.1f,
        Seed = 1,
        Progress = new ConsoleProgress(),
    };

    /// <summary>The days from 2012 to 2014. The split is by time, since a forecast must not have seen the future.</summary>
    public static IDataView LoadTrainingDays(MLContext mlContext) =>
        mlContext.Data.FilterByCustomPredicate<ModelInput>(LoadSample(mlContext), day => day.Date >= _testBegins);

    /// <summary>The days of 2015, and before them the two weeks that the first one is forecast from.</summary>
    public static IDataView LoadTestDays(MLContext mlContext) =>
        mlContext.Data.FilterByCustomPredicate<ModelInput>(LoadSample(mlContext), day => day.Date < _testBegins.AddDays(-WindowSize));

    private static IDataView LoadSample(MLContext mlContext) =>
        LoadIDataViewFromFile(mlContext, RetrainFilePath, RetrainSeparatorChar, RetrainHasHeader, RetrainAllowQuoting);
}
