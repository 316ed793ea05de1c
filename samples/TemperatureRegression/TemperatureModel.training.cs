using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent;
using Samples.Shared;

namespace TemperatureRegression;

public static partial class TemperatureModel
{
    public const string RetrainFilePath = "seattle-weather.csv";
    public const char RetrainSeparatorChar = ',';
    public const bool RetrainHasHeader = true;

    private const int WindowSize = 14;

    /// <summary>The first day of the test year.</summary>
    private static readonly DateTime _testBegins = new(2015, 1, 1);

    /// <summary>Trains on the years before the test year, and saves the model.</summary>
    public static ITransformer Train(string outputModelPath, TrainingBars bars)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = LoadTrainingDays(mlContext);
        ITransformer model = RetrainModel(mlContext, data, bars);
        mlContext.Model.Save(model, data.Schema, outputModelPath);
        return model;
    }

    /// <summary>
    /// Trains twice: first the last third of the days shows the best number of epochs, then the training takes all days for that many.
    /// </summary>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData, TrainingBars bars)
    {
        RecurrentOptions trial = Options(bars.Add("trial"));
        trial.NumberOfEpochs = 100;
        trial.ValidationFraction = 1.0 / 3;
        trial.ValidateOnLastRows = true;
        trial.EarlyStoppingPatience = 15;
        int epochs = BuildPipeline(mlContext, trial).Fit(trainData).LastTransformer.Training.BestEpoch;

        RecurrentOptions all = Options(bars.Add("all days"));
        all.NumberOfEpochs = epochs;
        return BuildPipeline(mlContext, all).Fit(trainData);
    }

    /// <summary>Each day has the two weeks before it beside it, and its highest temperature is the one to forecast.</summary>
    public static EstimatorChain<RecurrentTransformer> BuildPipeline(MLContext mlContext, RecurrentOptions options) =>
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
    private static RecurrentOptions Options(IProgress<TrainingProgress> progress) => new()
    {
        LabelColumnName = nameof(ModelInput.TempMax),
        Layers = [new GruLayer(16)],
        BatchSize = 16,
        Pooling = SequencePooling.Last,
        LearningRate = 3e-3f,
        Schedule = LearningRateSchedule.Constant,
        WeightNoise = 0.1f,
        Seed = 1,
        Progress = progress,
    };

    /// <summary>The days from 2012 to 2014. The split is by time, since a forecast must not have seen the future.</summary>
    public static IDataView LoadTrainingDays(MLContext mlContext) =>
        mlContext.Data.FilterByCustomPredicate<ModelInput>(LoadFile(mlContext), day => day.Date >= _testBegins);

    /// <summary>The days of 2015, and before them the two weeks that the first one is forecast from.</summary>
    public static IDataView LoadTestDays(MLContext mlContext) =>
        mlContext.Data.FilterByCustomPredicate<ModelInput>(LoadFile(mlContext), day => day.Date < _testBegins.AddDays(-WindowSize));

    private static IDataView LoadFile(MLContext mlContext) =>
        mlContext.Data.LoadFromTextFile<ModelInput>(
            Path.Combine(AppContext.BaseDirectory, RetrainFilePath), RetrainSeparatorChar, RetrainHasHeader);
}
