// Trains the model and saves it. The file has the methods that Model Builder generates, so that the model can be trained again on another
// file of the same columns.
using System.Globalization;
using Microsoft.ML;
using MlNetRecurrent;

namespace EnergyForecast;

public static partial class EnergyModel
{
    /// <summary>The file that the program writes.</summary>
    public const string RetrainFilePath = "energy.csv";

    /// <summary>The separator of its columns.</summary>
    public const char RetrainSeparatorChar = ',';

    /// <summary>Whether its first line has the names of the columns.</summary>
    public const bool RetrainHasHeader = true;

    /// <summary>Whether its values may stand in quotes.</summary>
    public const bool RetrainAllowQuoting = false;

    /// <summary>The number of hours that are forecast.</summary>
    public const int Horizon = 48;

    /// <summary>Trains on all lines of a file, and saves the model.</summary>
    /// <param name="outputModelPath">The file for the model.</param>
    /// <param name="inputDataFilePath">The file, with the columns of <see cref="ModelInput"/>, in order of time.</param>
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

    /// <summary>Trains the model on a table.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">The hours, in order of time.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) => BuildPipeline(mlContext).Fit(trainData);

    /// <summary>Builds the pipeline: the calendar of each hour, and one network for all substations.</summary>
    /// <param name="mlContext">The context.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext) =>
        mlContext.Transforms.FeaturizeCalendar("Calendar", CalendarParts.HourOfDay | CalendarParts.DayOfWeek, nameof(ModelInput.Time))
            .Append(mlContext.Forecasting.Trainers.Recurrent(new()
            {
                TargetColumnNames = [nameof(ModelInput.Demand)],
                SeriesColumnName = nameof(ModelInput.Substation),
                TimeColumnName = nameof(ModelInput.Time),
                KnownAheadColumnNames = [nameof(ModelInput.Temperature), "Calendar"],
                Horizon = Horizon,
                Quantiles = [0.1, 0.5, 0.9],
                Scaling = ForecastScaling.RelativeChange,
                // Fewer than the trainer would choose, so that the sample runs for seconds.
                NumberOfEpochs = 30,
                ContextLength = 168,
                Seed = 1,
                Progress = new ConsoleProgress(),
            }));

    /// <summary>Writes rows to the file of the training, and loads it.</summary>
    public static IDataView LoadTrainingHours(MLContext mlContext, IEnumerable<ModelInput> rows)
    {
        IEnumerable<string> lines = rows.Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{row.Time:yyyy-MM-dd HH:mm},{row.Substation},{row.Temperature},{row.Demand}"));
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, RetrainFilePath), lines.Prepend("time,substation,temperature,demand"));
        return LoadIDataViewFromFile(mlContext, RetrainFilePath, RetrainSeparatorChar, RetrainHasHeader, RetrainAllowQuoting);
    }
}
