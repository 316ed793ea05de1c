namespace MlNetRecurrent.Scoring;

/// <summary>
/// Reads the example of a row of a <c>PredictionEngine</c>, unless it is of a window that has too few rows. Transforms after the window may
/// have replaced its marks.
/// </summary>
/// <param name="row">The row.</param>
/// <param name="columns">The columns that are read.</param>
internal sealed class WindowExampleReader(DataViewRow row, InputColumns columns)
{
    private readonly ExampleReader _reader = new(row, columns);
    private readonly IWindowRow[] _windows = [.. UpstreamRows.OfType<IWindowRow>(row)];

    /// <summary>The number of steps of the current row.</summary>
    public int CountSteps() => _reader.CountSteps();

    /// <summary>Adds the example of the current row to a set, unless its window has too few rows.</summary>
    /// <exception cref="InvalidOperationException">As <see cref="ExampleReader.AddTo"/>.</exception>
    public bool TryAddTo(SequenceSet set)
    {
        try
        {
            return _reader.TryAddTo(set) && !IsIncomplete();
        }
        catch (InvalidOperationException e) when (KeptRow.Is(e) && IsIncomplete())
        {
            return false;
        }
    }

    private bool IsIncomplete() => Array.Exists(_windows, window => window.IsIncomplete);
}
