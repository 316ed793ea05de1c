using System.Globalization;
using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>
/// Quantiles of each value of a label: twice the pinball loss (Koenker and Bassett 1978), which is the absolute error for the median.
/// </summary>
internal sealed record QuantileDefinition : HeadDefinition
{
    /// <summary>The largest number of <see cref="Quantiles"/>.</summary>
    public const int MostQuantiles = 1000;

    /// <summary>The quantiles, between 0 and 1, in rising order. The median alone is the absolute error.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [0.5];

    public override string Name => "Quantiles";

    public override string Description =>
        $"{Name} ({string.Join(", ", Quantiles.Select(quantile => quantile.ToString(CultureInfo.InvariantCulture)))})";

    public override int FirstFormat => 5;

    public override bool HasValues => true;

    public override bool Fits(int outputs) => ArePossible(Quantiles) && outputs > 0 && outputs % Quantiles.Count == 0;

    public override int OutputsFor(int labelSize) => checked(labelSize * Quantiles.Count);

    public override Head<T> Create<T>(int outputs) => new QuantileHead<T>(outputs, [.. Quantiles]);

    public override double LossUnit(TargetTransform targets) => targets.Scales is [var only] ? only.Unit : 1;

    /// <summary>
    /// The mean loss of a network whose outputs are all 0, at least that of an error of one standard deviation. It is an estimate: the
    /// labels are assumed to follow a <see cref="LogisticDistribution"/>.
    /// </summary>
    public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets)
    {
        var predictions = new double[Quantiles.Count];
        QuantileSpread<double>.Spread(new double[Quantiles.Count], predictions, [.. Quantiles]);
        return data.MeanOfLabels((label, slot) =>
        {
            (double mean, double unit) = targets.ScaleOf(slot);
            var distribution = new LogisticDistribution((label.Mean - mean) / unit, label.Deviation / unit);
            return Math.Max(1, 2 * Quantiles.Select((quantile, k) => distribution.PinballLoss(quantile, predictions[k])).Average());
        });
    }

    /// <summary>The mean loss of the quantiles of the labels, under the same assumption.</summary>
    public override double LossOfConstant(int outputs, DataStatistics data, TargetTransform targets) => data.MeanOfLabels((label, slot) =>
        label.Deviation / targets.ScaleOf(slot).Unit * LossOfOneDeviation);

    public override double RelativeError(double meanLoss) => meanLoss / LossOfOneDeviation;

    public bool Equals(QuantileDefinition? other) => other is not null && (Quantiles ?? []).SequenceEqual(other.Quantiles ?? []);

    public override int GetHashCode() => Quantiles?.Count ?? 0;

    /// <summary>The loss of the best constants for labels whose standard deviation is 1.</summary>
    private double LossOfOneDeviation => 2 * Quantiles.Average(quantile => new LogisticDistribution(0, 1).LeastPinballLoss(quantile));

    private static bool ArePossible(IReadOnlyList<double>? quantiles)
    {
        if (quantiles is not { Count: > 0 and <= MostQuantiles })
            return false;
        double last = 0;
        foreach (double quantile in quantiles)
        {
            if (!(quantile > last && quantile < 1))
                return false;
            last = quantile;
        }
        return true;
    }
}
