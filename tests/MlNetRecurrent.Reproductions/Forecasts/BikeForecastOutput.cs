namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>The forecast for the hours that follow an hour, and its quantiles.</summary>
internal sealed class BikeForecastOutput
{
    public float[] Forecast { get; set; } = [];

    public float[] Quantiles { get; set; } = [];
}
