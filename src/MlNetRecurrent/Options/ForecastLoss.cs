namespace MlNetRecurrent;

/// <summary>The loss of a forecast without quantiles.</summary>
public enum ForecastLoss
{
    /// <summary>The squared error: the forecast is the mean.</summary>
    SquaredError,

    /// <summary>The absolute error: the forecast is the median.</summary>
    AbsoluteError,
}
