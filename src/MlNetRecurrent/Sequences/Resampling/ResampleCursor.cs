namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>Goes from interval to interval, as they end.</summary>
internal sealed class ResampleCursor(
    ResampleSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns, IChannelProvider environment)
    : DerivedCursor(schema, input, columns)
{
    private readonly ResampleReader _rows = new(schema, input, columns);
    private FinishedIntervals? _current;
    private int _place;
    private long _position = -1, _given;
    private bool _allAreRead;

    public override long Position => _position;

    public override long Batch => 0;

    protected override bool Move()
    {
        if (_current is not null && ++_place < _current.Count)
        {
            _position = _given++;
            return true;
        }
        (_current, _position, _place) = (null, -1, 0);
        while (!_rows.Finished.TryDequeue(out _current))
        {
            if (_allAreRead)
                return false;
            if (Input.MoveNext())
                _rows.Take();
            else
                EndRows();
        }
        _position = _given++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

    protected override Delegate MakeGetter(DataViewSchema.Column column)
    {
        if (column.Index >= schema.FirstResult)
            return MakeResultGetter(column, column.Index - schema.FirstResult);
        return column.Name == schema.Settings.OrderColumnName
            ? _rows.MakeTimeGetter(() => Current().First + _place)
            : TypeDispatch.Call(MakeKeyGetter<int>, column.Type, column, Current);
    }

    private void EndRows()
    {
        _allAreRead = true;
        _rows.Report(environment, ResampleTransformer.Component);
        foreach ((object? _, ResampleGroup group) in _rows.Groups)
            group.Finish();
    }

    private FinishedIntervals Current() => _current ?? throw NoRow();

    private Delegate MakeResultGetter(DataViewSchema.Column column, int place)
    {
        if (column.Type is not VectorDataViewType)
            return (ValueGetter<float>)((ref float value) => value = Current().Values[place][0]);
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            float[] values = Current().Values[place];
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, values.Length);
            values.CopyTo(editor.Values);
            value = editor.Commit();
        });
    }

    private static Delegate MakeKeyGetter<T>(DataViewSchema.Column column, Func<FinishedIntervals> current) =>
        (ValueGetter<T>)((ref T value) => value = (T)current().Group.Key!);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rows.Report(environment, ResampleTransformer.Component);
        base.Dispose(disposing);
    }
}
