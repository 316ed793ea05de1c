namespace MlNetRecurrent;

/// <summary>
/// The metrics of a regression with several values per row, as computed by <see cref="VectorRegressionCatalog.EvaluateVector"/>.
/// </summary>
/// <remarks>
/// Each metric is the mean over the slots that have labels. Slots in different units make means of errors hard to interpret; use
/// <see cref="PerSlot"/> or <see cref="RSquared"/> then.
/// </remarks>
public sealed class VectorRegressionMetrics
{
    internal VectorRegressionMetrics(IReadOnlyList<SlotRegressionMetrics> perSlot)
    {
        PerSlot = perSlot;
        SlotRegressionMetrics[] known = [.. perSlot.Where(slot => slot.NumberOfRows > 0)];
        MeanAbsoluteError = known.Average(slot => slot.MeanAbsoluteError);
        MeanSquaredError = known.Average(slot => slot.MeanSquaredError);
        RootMeanSquaredError = known.Average(slot => slot.RootMeanSquaredError);
        RSquared = known.Select(slot => slot.RSquared).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }

    /// <summary>The mean of <see cref="SlotRegressionMetrics.MeanAbsoluteError"/> over the slots. At least 0; smaller is better.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>The mean of <see cref="SlotRegressionMetrics.MeanSquaredError"/> over the slots. At least 0; smaller is better.</summary>
    public double MeanSquaredError { get; }

    /// <summary>
    /// The mean of <see cref="SlotRegressionMetrics.RootMeanSquaredError"/> over the slots. At least 0; smaller is better.
    /// </summary>
    public double RootMeanSquaredError { get; }

    /// <summary>
    /// The mean of <see cref="SlotRegressionMetrics.RSquared"/> over the slots where it is a finite number: slots whose labels are all the
    /// same are left out. At most 1; larger is better. NaN if there is no such slot.
    /// </summary>
    public double RSquared { get; }

    /// <summary>The number of rows with at least one label that is not missing.</summary>
    public long NumberOfRows { get; internal init; }

    /// <summary>The metrics of each slot, in order; of one slot for all steps, if the labels are those of steps.</summary>
    public IReadOnlyList<SlotRegressionMetrics> PerSlot { get; }
}
