namespace MlNetRecurrent.Rows;

/// <summary>The row of a <c>PredictionEngine</c> with a window of the last rows.</summary>
internal interface IWindowRow
{
    /// <summary>The number of rows between the end of a window and the row whose value is predicted from it.</summary>
    int Horizon { get; }

    /// <summary>The column of the windows.</summary>
    string ColumnName { get; }

    /// <summary>The column that tells groups apart, or null.</summary>
    string? GroupColumnName { get; }

    /// <summary>
    /// Whether the window was read and has too few rows, so that a view would leave the row out. A transform may put other numbers in the
    /// place of its marks.
    /// </summary>
    bool IsIncomplete { get; }
}
