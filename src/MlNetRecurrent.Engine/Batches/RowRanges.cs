namespace MlNetRecurrent.Engine.Batches;

/// <summary>
/// The rows of a range of sequences in a buffer of all steps: one range of rows for each step, or a single one where the rows are adjacent.
/// </summary>
internal struct RowRanges
{
    private readonly BatchShape? _shape;
    private readonly int _first, _last;
    private int _step = -1;

    private RowRanges(BatchShape? shape, int first, int last)
    {
        _shape = shape;
        _first = first;
        _last = last;
    }

    public (int First, int Last) Current { get; private set; }

    private static RowRanges Single(int first, int last) => new(null, first, last);

    /// <summary>The rows of all steps of a range of sequences.</summary>
    public static RowRanges Of(BatchShape shape, int first, int last) =>
        first == 0 && last == shape.Count ? Single(0, shape.Rows) : new(shape, first, last);

    public readonly RowRanges GetEnumerator() => this;

    public bool MoveNext()
    {
        _step++;
        if (_shape is null)
        {
            Current = (_first, _last);
            return _step == 0 && _first < _last;
        }
        if (_step == _shape.Steps || _shape.Active[_step] <= _first)
            return false;
        Current = (_shape.Row(_step, _first), _shape.Row(_step, Math.Min(_last, _shape.Active[_step])));
        return true;
    }
}
