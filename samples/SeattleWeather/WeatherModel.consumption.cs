// Loads the model and predicts with it. The file has the methods that Model Builder generates.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SeattleWeather;

/// <summary>Forecasts the kind of weather of a day from the two weeks before it.</summary>
public static partial class WeatherModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string MLNetModelPath = Path.Combine(AppContext.BaseDirectory, "WeatherModel.zip");

    /// <summary>The engine of <see cref="Predict(ModelInput)"/>, which remembers the days that it has read. Not thread-safe.</summary>
    public static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new(CreatePredictEngine, true);

    private static readonly Lazy<ITransformer> _model = new(() => new MLContext().Model.Load(MLNetModelPath, out _));

    /// <summary>A day, which is a line of the file.</summary>
    public sealed class ModelInput
    {
        [LoadColumn(0), ColumnName("Date")]
        public DateTime Date { get; set; }

        /// <summary>In millimeters.</summary>
        [LoadColumn(1), ColumnName("Precipitation")]
        public float Precipitation { get; set; }

        /// <summary>The highest temperature, in °C.</summary>
        [LoadColumn(2), ColumnName("TempMax")]
        public float TempMax { get; set; }

        /// <summary>The lowest temperature, in °C.</summary>
        [LoadColumn(3), ColumnName("TempMin")]
        public float TempMin { get; set; }

        /// <summary>In meters per second.</summary>
        [LoadColumn(4), ColumnName("Wind")]
        public float Wind { get; set; }

        /// <summary>drizzle, rain, snow, sun or fog.</summary>
        [LoadColumn(5), ColumnName("Kind")]
        public string Kind { get; set; } = "";
    }

    /// <summary>The forecast for the day after the last one that the engine has read.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The most probable kind of weather.</summary>
        [ColumnName("PredictedKind")]
        public string PredictedLabel { get; set; } = "";

        /// <summary>The probability of each kind.</summary>
        [ColumnName("Score")]
        public float[] Score { get; set; } = [];
    }

    /// <summary>Forecasts the day after a day. Call it with one day after another: the last two weeks matter.</summary>
    /// <param name="input">The day.</param>
    /// <returns>The forecast.</returns>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);

    /// <summary>Forecasts the day after some days, of which the last two weeks matter.</summary>
    /// <param name="days">The days, in order.</param>
    /// <returns>The forecast.</returns>
    public static ModelOutput Predict(IEnumerable<ModelInput> days)
    {
        // A new engine, since an engine remembers the days that it has read.
        using PredictionEngine<ModelInput, ModelOutput> engine = CreatePredictEngine();
        ModelOutput output = new();
        foreach (ModelInput day in days)
            output = engine.Predict(day);
        return output;
    }

    /// <summary>The probability of each kind of weather on the day after a day. Call it with one day after another.</summary>
    /// <param name="input">The day.</param>
    /// <returns>The kinds with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input) =>
        GetSortedScoresWithLabels(Predict(input));

    /// <summary>Adds the names of the kinds to the probabilities of a forecast.</summary>
    /// <param name="result">The forecast.</param>
    /// <returns>The kinds with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput result) =>
        GetLabels(result).Zip(result.Score, KeyValuePair.Create).OrderByDescending(kind => kind.Value);

    /// <summary>The kinds of weather, in the order of the probabilities.</summary>
    /// <param name="result">A forecast.</param>
    /// <returns>As many names as the forecast has probabilities.</returns>
    public static IEnumerable<string> GetLabels(ModelOutput result)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        PredictEngine.Value.OutputSchema[nameof(ModelOutput.Score)].GetSlotNames(ref names);
        return names.DenseValues().Take(result.Score.Length).Select(name => name.ToString());
    }

    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine() =>
        new MLContext().Model.CreatePredictionEngine<ModelInput, ModelOutput>(_model.Value);
}
