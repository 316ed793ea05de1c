namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Goes from window to window.</summary>
/// <param name="schema">The transform, bound to the schema of the input.</param>
/// <param name="input">The rows.</param>
/// <param name="columns">The columns that are asked for.</param>
/// <param name="environment">The environment with the log.</param>
/// <param name="endPass">Called when all rows are read.</param>
internal sealed class WindowCursor(
    WindowSchema schema,
    DataViewRowCursor input,
    DataViewSchema.Column[] columns,
    IChannelProvider environment,
    Action<WindowReader> endPass)
    : DerivedCursor(schema, input, columns)
{
    private readonly WindowReader _windows = new(schema, input, schema.Settings.Horizon, schema.MakesAny(columns), remembers: false);
    private WindowBuffer? _current;
    private long _position = -1, _given;

    public override long Position => _position;

    public override long Batch => Input.Batch;

    protected override bool Move()
    {
        (_current, _position) = (null, -1);
        while (Input.MoveNext())
        {
            if (_windows.Take() is not { } window || !schema.Settings.IsDue(window.Count))
                continue;
            (_current, _position) = (window, _given++);
            return true;
        }
        _windows.Report(environment, WindowTransformer.Component);
        endPass(_windows);
        return false;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override Delegate MakeGetter(DataViewSchema.Column column) => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
    {
        WindowBuffer window = _current ?? throw NoRow();
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, schema.WindowLength);
        window.CopyTo(editor.Values);
        value = editor.Commit();
    });

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _windows.Report(environment, WindowTransformer.Component);
        base.Dispose(disposing);
    }
}
