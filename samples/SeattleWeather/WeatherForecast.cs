namespace SeattleWeather;

/// <summary>What the model says of the day after the last one that it was told.</summary>
public sealed class WeatherForecast
{
    /// <summary>The likeliest kind of weather.</summary>
    public string PredictedKind { get; set; } = "";

    /// <summary>The probability of each kind.</summary>
    public float[] Score { get; set; } = [];
}
