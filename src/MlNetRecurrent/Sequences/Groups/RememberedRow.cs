using MlNetRecurrent.Sequences.Engines;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>
/// The row of a <c>PredictionEngine</c> that is kept for the rows to come. It is taken into its group when a column of the transform is
/// read for the first time, once for each position.
/// </summary>
/// <typeparam name="TRows">What keeps the rows.</typeparam>
/// <typeparam name="TGroup">The data that is kept for each group.</typeparam>
internal abstract class RememberedRow<TRows, TGroup> : DerivedRow, ITakenRow
    where TRows : RowGrouper<TGroup>
    where TGroup : RowGroup
{
    private TGroup? _group;
    private long _taken = -1;

    /// <param name="schema">The columns of the row.</param>
    /// <param name="input">The row that it is made of.</param>
    /// <param name="columns">The columns that are asked for.</param>
    /// <param name="rows">Keeps the rows.</param>
    /// <param name="memories">The list that <paramref name="rows"/> is added to; null for none.</param>
    protected RememberedRow(
        BoundSchema schema, DataViewRow input, DataViewSchema.Column[] columns, TRows rows, List<IRowMemory>? memories)
        : base(schema, input, columns)
    {
        Rows = rows;
        memories?.Add(rows);
    }

    protected TRows Rows { get; }

    /// <summary>The group of the current row; null where it was not taken yet.</summary>
    protected TGroup? TakenGroup => _taken == Input.Position ? _group : null;

    public void Undo()
    {
        if (_taken != Input.Position)
            return;
        Rows.Undo();
        _taken = -1;
    }

    /// <summary>The group of the current row, which is taken. Where it is refused, earlier transforms forget it as well.</summary>
    protected TGroup Take()
    {
        if (_taken == Input.Position)
            return _group!;
        try
        {
            BeforeTaking();
            _group = Rows.Take();
        }
        catch
        {
            foreach (ITakenRow taken in UpstreamRows.OfType<ITakenRow>(Input))
                taken.Undo();
            throw;
        }
        _taken = Input.Position;
        return _group!;
    }

    /// <summary>Reads what may fail before the row is taken.</summary>
    protected virtual void BeforeTaking()
    {
    }
}
