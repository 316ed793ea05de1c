using Microsoft.ML;
using Microsoft.ML.Data;

namespace SeattleWeather;

/// <summary>Forecasts the kind of weather of a day from the two weeks before it.</summary>
public static partial class WeatherModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string ModelPath = Path.Combine(AppContext.BaseDirectory, "WeatherModel.zip");

    private static readonly Lazy<ITransformer> _model = new(() => new MLContext().Model.Load(ModelPath, out _));

    /// <summary>A day, which is a line of the file.</summary>
    public sealed class ModelInput
    {
        [LoadColumn(0)]
        public DateTime Date { get; set; }

        /// <summary>In millimetres.</summary>
        [LoadColumn(1)]
        public float Precipitation { get; set; }

        /// <summary>The highest temperature, in °C.</summary>
        [LoadColumn(2)]
        public float TempMax { get; set; }

        /// <summary>The lowest temperature, in °C.</summary>
        [LoadColumn(3)]
        public float TempMin { get; set; }

        /// <summary>In metres a second.</summary>
        [LoadColumn(4)]
        public float Wind { get; set; }

        /// <summary>drizzle, rain, snow, sun or fog.</summary>
        [LoadColumn(5)]
        public string Kind { get; set; } = "";
    }

    /// <summary>What the model says of the day after the last one that it was told.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The likeliest kind of weather.</summary>
        public string PredictedKind { get; set; } = "";

        /// <summary>The probability of each kind.</summary>
        public float[] Score { get; set; } = [];
    }

    /// <summary>The forecast for the day after some days, of which the last two weeks matter.</summary>
    public static ModelOutput Predict(IEnumerable<ModelInput> days) => Forecast(days).Output;

    /// <summary>The probability of each kind of weather for the day after some days, the likeliest first.</summary>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(IEnumerable<ModelInput> days)
    {
        (ModelOutput output, DataViewSchema schema) = Forecast(days);
        return Kinds(schema).Zip(output.Score, KeyValuePair.Create).OrderByDescending(kind => kind.Value);
    }

    // An engine remembers the days that it was told, so each forecast takes a new one.
    private static (ModelOutput Output, DataViewSchema Schema) Forecast(IEnumerable<ModelInput> days)
    {
        using PredictionEngine<ModelInput, ModelOutput> engine =
            new MLContext().Model.CreatePredictionEngine<ModelInput, ModelOutput>(_model.Value);
        ModelOutput output = new();
        foreach (ModelInput day in days)
            output = engine.Predict(day);
        return (output, engine.OutputSchema);
    }

    /// <summary>The kinds of weather, in the order of the scores.</summary>
    public static string[] Kinds(DataViewSchema schema)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema[nameof(ModelOutput.Score)].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
