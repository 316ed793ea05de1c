namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// The logistic distribution. Estimates of losses use it instead of the normal one: its expected pinball losses have a closed form, and are
/// within a few percent of those of a normal distribution.
/// </summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation; 0 for a constant.</param>
internal readonly record struct LogisticDistribution(double Mean, double Deviation)
{
    private double Scale => Deviation * Math.Sqrt(3) / Math.PI;

    /// <summary>The expected pinball loss of a prediction of a quantile.</summary>
    public double PinballLoss(double quantile, double prediction)
    {
        // E[q (y - p) + (p - y)⁺], where the second part is scale · softplus((p - mean) / scale).
        double above = prediction - Mean;
        double rounding = Scale > 0 ? Scale * double.LogP1(Math.Exp(-Math.Abs(above) / Scale)) : 0;
        return Math.Max(above, 0) + rounding - quantile * above;
    }

    /// <summary>The expected pinball loss of the quantile itself: the scale times the entropy of the quantile.</summary>
    public double LeastPinballLoss(double quantile) =>
        -Scale * (quantile * Math.Log(quantile) + (1 - quantile) * Math.Log(1 - quantile));
}
