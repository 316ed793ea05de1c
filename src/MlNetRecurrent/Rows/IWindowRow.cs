namespace MlNetRecurrent.Rows;

/// <summary>The row of a <c>PredictionEngine</c> with a window of the last rows.</summary>
internal interface IWindowRow
{
    /// <summary>
    /// Whether the window was read and has too few rows, so that a view would leave the row out. A transform may put other numbers in the
    /// place of its marks.
    /// </summary>
    bool IsIncomplete { get; }
}
