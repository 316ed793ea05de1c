using Microsoft.ML;
using Microsoft.ML.Data;

namespace TemperatureRegression;

/// <summary>Forecasts the highest temperature of a day from the two weeks before it.</summary>
public static partial class TemperatureModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string ModelPath = Path.Combine(AppContext.BaseDirectory, "TemperatureModel.zip");

    private static readonly Lazy<ITransformer> _model = new(Load);

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
    }

    /// <summary>What the model says of the day after the last one that it was told.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The highest temperature, in °C.</summary>
        public float Score { get; set; }
    }

    /// <summary>The forecast for the day after some days, of which the last two weeks matter.</summary>
    public static ModelOutput Predict(IEnumerable<ModelInput> days)
    {
        // An engine remembers the days that it was told, so each forecast takes a new one.
        using PredictionEngine<ModelInput, ModelOutput> engine =
            new MLContext().Model.CreatePredictionEngine<ModelInput, ModelOutput>(_model.Value);
        ModelOutput output = new();
        foreach (ModelInput day in days)
            output = engine.Predict(day);
        return output;
    }

    private static ITransformer Load()
    {
        var mlContext = new MLContext();
        // The file names the mapping of the season; its code is in this program.
        mlContext.ComponentCatalog.RegisterAssembly(typeof(Season).Assembly);
        return mlContext.Model.Load(ModelPath, out _);
    }
}
