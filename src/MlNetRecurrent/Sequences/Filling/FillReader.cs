using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Filling;

/// <summary>Takes row after row into their groups and fills them with the last known values.</summary>
internal sealed class FillReader : RowGrouper<FillGroup>
{
    private readonly FillSchema _schema;
    private readonly NumberReader? _reader;

    /// <param name="schema">The transform, bound to the schema of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="readsNumbers">Whether the numbers are asked for; otherwise only group and order are checked.</param>
    /// <param name="remembers">Whether rows are kept for later rows, as in a <c>PredictionEngine</c>.</param>
    public FillReader(FillSchema schema, DataViewRow row, bool readsNumbers, bool remembers)
        : base(row, schema.Settings, remembers)
    {
        _schema = schema;
        _reader = readsNumbers ? NumberReader.Of(row, schema.Settings.InputColumnName) : null;
        int slots = readsNumbers ? schema.Slots : 0;
        Current = new(new float[slots], new float[slots]);
    }

    /// <summary>The row that was taken last, as it was filled.</summary>
    public FilledRow Current { get; }

    public override string Signature => _schema.Signature;

    protected override void ReadValues() => _reader?.Read(Current.Values);

    protected override FillGroup MakeGroup(OrderReader? order, Func<string> name) =>
        new(Current, _schema.Settings, order?.MakeChecked() ?? RowOrder.AsRead);
}
