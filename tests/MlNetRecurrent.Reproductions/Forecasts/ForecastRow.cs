using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>A value of a series.</summary>
internal sealed class ForecastRow
{
    public string Series { get; set; } = "";

    public float Time { get; set; }

    public float Value { get; set; }

    /// <summary>From January, 1; 0 where the series has no months.</summary>
    [KeyType(12)]
    public uint Month { get; set; }
}
