using System.Globalization;
using System.Text;
using MlNetRecurrent.Evaluation;

namespace MlNetRecurrent;

/// <summary>The errors of some forecasts f of values y: of all, of a step of the horizon, of a series or of a target.</summary>
public class ForecastErrorMetrics
{
    internal ForecastErrorMetrics(ForecastErrorSums sums, IReadOnlyList<double> quantiles)
    {
        Count = sums.Count;
        MeanAbsoluteError = sums.Absolute / sums.Count;
        RootMeanSquaredError = Math.Sqrt(sums.Square / sums.Count);
        SymmetricMeanAbsolutePercentageError = 100 * sums.Symmetric / sums.Count;
        MeanAbsoluteScaledError = sums.ScaledCount > 0 ? sums.Scaled / sums.ScaledCount : double.NaN;
        NumberOfUnscaledErrors = sums.Count - sums.ScaledCount;
        if (quantiles.Count == 0)
            return;
        WeightedQuantileLoss = 2 * sums.Pinball.Average() / sums.Magnitude;
        Intervals =
        [
            .. Enumerable.Range(0, quantiles.Count / 2).Select(i => new ForecastInterval(
                quantiles[i], quantiles[^(i + 1)], (double)sums.Inside[i] / sums.Count)),
        ];
    }

    /// <summary>The number of forecasts whose value is known.</summary>
    public long Count { get; }

    /// <summary>The mean absolute error, mean |y - f|, in the unit of the target. At least 0; smaller is better.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>The root mean squared error, √ mean (y - f)², in the unit of the target. At least 0; smaller is better.</summary>
    public double RootMeanSquaredError { get; }

    /// <summary>
    /// The symmetric mean absolute percentage error, 100 · mean 2 |y - f| / (|y| + |f|), as in the M4 competition (Makridakis et al.,
    /// 2020). Between 0 and 200; smaller is better. An error of 0 of the value 0 counts as 0.
    /// </summary>
    public double SymmetricMeanAbsolutePercentageError { get; }

    /// <summary>
    /// The mean absolute scaled error (Hyndman and Koehler, 2006): each error is divided by the mean of |y(t) - y(t - season)| over the
    /// rows of its series up to the row of the forecast. Below 1 is better than the seasonal naive forecast. NaN if no error can be scaled.
    /// </summary>
    public double MeanAbsoluteScaledError { get; }

    /// <summary>
    /// The number of errors that <see cref="MeanAbsoluteScaledError"/> leaves out: their series had not yet changed from one season to the
    /// next.
    /// </summary>
    public long NumberOfUnscaledErrors { get; }

    /// <summary>
    /// The weighted quantile loss: the mean over the quantiles of 2 Σ pinball loss / Σ |y|. At least 0; smaller is better. NaN without
    /// quantiles.
    /// </summary>
    public double WeightedQuantileLoss { get; } = double.NaN;

    /// <summary>
    /// The coverage of the interval of the lowest and the highest quantile, of the second lowest and second highest, and so on. Empty
    /// without quantiles.
    /// </summary>
    public IReadOnlyList<ForecastInterval> Intervals { get; } = [];

    /// <summary>Returns one line with the metrics.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
    {
        var line = new StringBuilder();
        line.Append(
            CultureInfo.InvariantCulture,
            $"MAE {MeanAbsoluteError:G4}, RMSE {RootMeanSquaredError:G4}, sMAPE {SymmetricMeanAbsolutePercentageError:F2}%");
        if (!double.IsNaN(MeanAbsoluteScaledError))
            line.Append(CultureInfo.InvariantCulture, $", MASE {MeanAbsoluteScaledError:F3}");
        if (!double.IsNaN(WeightedQuantileLoss))
            line.Append(CultureInfo.InvariantCulture, $", weighted quantile loss {WeightedQuantileLoss:F4}");
        foreach ((double lower, double upper, double coverage) in Intervals)
            line.Append(CultureInfo.InvariantCulture, $", {100 * coverage:F1}% in {lower} to {upper}");
        line.Append(CultureInfo.InvariantCulture, $" ({Count} forecasts)");
        return line.ToString();
    }
}
