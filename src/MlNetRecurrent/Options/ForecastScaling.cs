namespace MlNetRecurrent;

/// <summary>The scaling of a series before the network reads it. Scales are computed from the values up to each row.</summary>
public enum ForecastScaling
{
    /// <summary>Subtracts the last value and divides by the standard deviation of the recent values. For most series.</summary>
    LastValue,

    /// <summary>
    /// Subtracts the last value and divides by the mean of the absolute recent values. For positive series whose errors count in percent,
    /// such as sales.
    /// </summary>
    RelativeChange,

    /// <summary>Subtracts the mean of the recent values and divides by their standard deviation.</summary>
    Standard,

    /// <summary>Divides by the mean of the absolute recent values. For series of counts whose size varies.</summary>
    Mean,

    /// <summary>The values as they are, with one scale for all series.</summary>
    None,
}
