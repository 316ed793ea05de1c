namespace MlNetRecurrent.Sequences.Filling;

/// <summary>Fills row after row.</summary>
/// <param name="schema">The transform, bound to the schema of the input.</param>
/// <param name="input">The rows.</param>
/// <param name="columns">The columns that are asked for.</param>
/// <param name="environment">The environment with the log.</param>
/// <param name="interpolate">Computes the values that later rows determine, before the first row; null where none are.</param>
internal sealed class FillCursor(
    FillSchema schema,
    DataViewRowCursor input,
    DataViewSchema.Column[] columns,
    IChannelProvider environment,
    Func<Interpolation>? interpolate)
    : DerivedCursor(schema, input, columns)
{
    private readonly FillReader _rows = new(schema, input, schema.MakesAny(columns), remembers: false);
    private Interpolation? _interpolation;
    private long _position = -1, _given;

    public override long Position => _position;

    public override long Batch => Input.Batch;

    protected override bool Move()
    {
        _position = -1;
        if (_given == 0 && schema.MakesAny(columns))
            _interpolation ??= interpolate?.Invoke();
        while (Input.MoveNext())
        {
            if (_rows.Take() is null)
                continue;
            _interpolation?.Apply(_given, _rows.Current);
            _position = _given++;
            return true;
        }
        _rows.Report(environment, FillTransformer.Component);
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override Delegate MakeGetter(DataViewSchema.Column column) =>
        schema.MakeGetter(column, () => _position >= 0 ? _rows.Current : throw NoRow());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _rows.Report(environment, FillTransformer.Component);
        base.Dispose(disposing);
    }
}
