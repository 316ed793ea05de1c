using Microsoft.ML.Data;

namespace SeattleWeather;

/// <summary>A line of the file.</summary>
public sealed class WeatherDay
{
    [LoadColumn(0)]
    public DateTime Date { get; set; }

    [LoadColumn(1)]
    public float Precipitation { get; set; }

    [LoadColumn(2)]
    public float TempMax { get; set; }

    [LoadColumn(3)]
    public float TempMin { get; set; }

    [LoadColumn(4)]
    public float Wind { get; set; }

    /// <summary>drizzle, rain, snow, sun or fog.</summary>
    [LoadColumn(5)]
    public string Kind { get; set; } = "";
}
