namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>The forecast for the rows that follow a row.</summary>
internal sealed class ForecastOutput
{
    public string Series { get; set; } = "";

    public float Time { get; set; }

    public float[] Forecast { get; set; } = [];
}
