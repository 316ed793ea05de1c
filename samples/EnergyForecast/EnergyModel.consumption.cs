// Loads the model and forecasts with it. Model Builder's engine is missing: it takes one row at a time, and a forecast needs the known
// values of the rows that follow.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EnergyForecast;

/// <summary>Forecasts the demand of the next 48 hours of each substation.</summary>
public static partial class EnergyModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string MLNetModelPath = Path.Combine(AppContext.BaseDirectory, "EnergyModel.zip");

    private static readonly Lazy<ITransformer> _model = new(() => new MLContext().Model.Load(MLNetModelPath, out _));

    /// <summary>An hour of a substation, which is a line of the file.</summary>
    public sealed class ModelInput
    {
        [LoadColumn(0), ColumnName("Time")]
        public DateTime Time { get; set; }

        [LoadColumn(1), ColumnName("Substation")]
        public string Substation { get; set; } = "";

        /// <summary>In °C; a weather forecast for the hours to come.</summary>
        [LoadColumn(2), ColumnName("Temperature")]
        public float Temperature { get; set; }

        /// <summary>In kW; NaN for the hours to come.</summary>
        [LoadColumn(3), ColumnName("Demand")]
        public float Demand { get; set; }
    }

    /// <summary>An hour of a substation, and the forecasts for the hours that follow.</summary>
    public sealed class ModelOutput
    {
        [ColumnName("Time")]
        public DateTime Time { get; set; }

        [ColumnName("Substation")]
        public string Substation { get; set; } = "";

        [ColumnName("Demand")]
        public float Demand { get; set; }

        /// <summary>The median of each hour, in kW.</summary>
        [ColumnName("Forecast")]
        public float[] Forecast { get; set; } = [];

        /// <summary>[hours, 3]: the quantiles 0.1, 0.5 and 0.9 of each hour, in kW.</summary>
        [ColumnName("Quantiles")]
        public float[] Quantiles { get; set; } = [];

        /// <summary>One quantile of each hour.</summary>
        /// <param name="index">0, 1 or 2.</param>
        public float[] Quantile(int index) => [.. Quantiles.Where((_, i) => i % 3 == index)];
    }

    /// <summary>An hour to come: its demand is missing.</summary>
    public static ModelInput WithoutDemand(ModelInput row) =>
        new() { Time = row.Time, Substation = row.Substation, Temperature = row.Temperature, Demand = float.NaN };

    /// <summary>Forecasts the hours after the last known one of each substation.</summary>
    /// <param name="rows">The hours in order of time; after the known ones those to forecast, with a demand of NaN.</param>
    /// <returns>The last known hour of each substation, with its forecasts.</returns>
    public static ModelOutput[] Predict(IEnumerable<ModelInput> rows) =>
    [
        .. PredictAll(_model.Value, rows).Where(row => !float.IsNaN(row.Demand)).GroupBy(row => row.Substation)
            .Select(series => series.Last()),
    ];

    /// <summary>Forecasts from each row of a table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The hours, in order of time.</param>
    /// <returns>The rows with their forecasts.</returns>
    public static IEnumerable<ModelOutput> PredictAll(ITransformer model, IEnumerable<ModelInput> rows)
    {
        var mlContext = new MLContext();
        IDataView table = mlContext.Data.LoadFromEnumerable(rows);
        return mlContext.Data.CreateEnumerable<ModelOutput>(model.Transform(table), reuseRowObject: false);
    }
}
