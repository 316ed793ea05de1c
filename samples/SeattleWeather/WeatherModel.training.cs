using Microsoft.ML;
using MlNetRecurrent;

namespace SeattleWeather;

public static partial class WeatherModel
{
    public const string RetrainFilePath = "seattle-weather.csv";
    public const char RetrainSeparatorChar = ',';
    public const bool RetrainHasHeader = true;

    private const int WindowSize = 14;

    /// <summary>The first day of the test year.</summary>
    private static readonly DateTime _testBegins = new(2015, 1, 1);

    /// <summary>Trains on the years before the test year, and saves the model.</summary>
    public static ITransformer Train(string outputModelPath, IProgress<TrainingProgress>? progress = null)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = LoadTrainingDays(mlContext);
        ITransformer model = RetrainModel(mlContext, data, progress);
        mlContext.Model.Save(model, data.Schema, outputModelPath);
        return model;
    }

    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData, IProgress<TrainingProgress>? progress = null) =>
        BuildPipeline(mlContext, progress).Fit(trainData);

    /// <summary>Each day has the two weeks before it beside it, and is the one to forecast.</summary>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext, IProgress<TrainingProgress>? progress = null)
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
            Progress = progress,
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
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(nameof(ModelOutput.PredictedKind), "PredictedLabel"));
    }

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
