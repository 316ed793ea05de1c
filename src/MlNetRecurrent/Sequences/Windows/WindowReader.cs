using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Takes row after row into the windows of their groups.</summary>
internal sealed class WindowReader : RowGrouper<WindowBuffer>
{
    private readonly WindowSchema _schema;
    private readonly int _delay;
    private readonly NumberReader[] _readers;
    private readonly float[] _numbers;

    /// <param name="schema">The transform, bound to the schema of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="delay">The number of rows between the end of a window and the last row of the group.</param>
    /// <param name="readsNumbers">Whether windows are read; otherwise rows are only counted.</param>
    /// <param name="remembers">Whether rows are kept for later rows, as in a <c>PredictionEngine</c>.</param>
    public WindowReader(WindowSchema schema, DataViewRow row, int delay, bool readsNumbers, bool remembers)
        : base(row, schema.Settings, remembers)
    {
        _schema = schema;
        _delay = delay;
        _readers = readsNumbers ? [.. schema.Settings.InputColumnNames.Select(name => NumberReader.Of(row, name))] : [];
        _numbers = new float[readsNumbers ? schema.Features : 0];
    }

    public override string Signature => _schema.Signature;

    protected override void ReadValues()
    {
        Span<float> rest = _numbers;
        foreach (NumberReader reader in _readers)
            rest = rest[reader.Read(rest)..];
    }

    protected override WindowBuffer MakeGroup(OrderReader? order, Func<string> name) =>
        new(_numbers, _schema.Settings.WindowSize, _delay, order?.MakeChecked() ?? RowOrder.AsRead);
}
