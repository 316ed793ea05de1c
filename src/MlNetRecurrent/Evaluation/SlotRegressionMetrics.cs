namespace MlNetRecurrent;

/// <summary>The metrics of one slot of a regression with several values per row.</summary>
/// <remarks>
/// Rows in which the label of the slot is missing (NaN) are left out. If it is missing in all rows, the metrics are NaN. For
/// labels of steps, read "step" for "row": all steps of all rows are one slot.
/// </remarks>
public sealed class SlotRegressionMetrics
{
    internal SlotRegressionMetrics(string name, long rows, double distances, double squares, double labelSquares)
    {
        Name = name;
        NumberOfRows = rows;
        MeanAbsoluteError = distances / rows;
        MeanSquaredError = squares / rows;
        RSquared = 1 - squares / labelSquares;
    }

    /// <summary>The slot name of the label, or its position, starting at 0, if the label column has no slot names.</summary>
    public string Name { get; }

    /// <summary>The mean absolute error, in the unit of the label. At least 0; smaller is better.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>The mean squared error, in the squared unit of the label. At least 0; smaller is better.</summary>
    public double MeanSquaredError { get; }

    /// <summary>The square root of <see cref="MeanSquaredError"/>, in the unit of the label. At least 0; smaller is better.</summary>
    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>
    /// The coefficient of determination R²: 1 minus the ratio of the squared error to that of always predicting the mean label. At most 1;
    /// larger is better. NaN or negative infinity if all labels are the same.
    /// </summary>
    public double RSquared { get; }

    /// <summary>The number of rows in which the label is not missing.</summary>
    public long NumberOfRows { get; }
}
