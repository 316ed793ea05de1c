using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>
/// Whether a network can score a row, for components that check nothing. It is false for a window that has too few rows. Other rows that
/// the network cannot read throw the exceptions of the network.
/// </summary>
internal sealed record CheckedRow : RowMap
{
    /// <summary>The columns that the network reads.</summary>
    public required SequenceColumn[] Columns { get; init; }

    /// <remarks>A column of a damaged file may be null; it has no name.</remarks>
    public override IReadOnlyList<string> InputColumnNames => [.. Columns.Select(column => (column as SequenceColumn)?.Name ?? "")];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        ScoringSchema.ThrowIfMissing(Columns, [.. input.Select(column => column.Name)]);
        return SchemaShapes.Plain(OutputColumnName, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance);
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        // The size of an embedding has no influence on what is read.
        var inputs = new InputColumns(Columns, Array.ConvertAll(Columns, column => column.ToField(embeddingSize: 1)));
        ScoringSchema.ThrowIfUnfit(inputs, input);
        return new(
            BooleanDataViewType.Instance, new DataViewSchema.Annotations.Builder().ToAnnotations(), row => MakeGetter(row, inputs));
    }

    protected override void ValidateMap()
    {
        foreach (SequenceColumn column in Columns)
            column.Validate();
        if (Columns[0].IsStatic)
            throw Damaged("its first column has no steps");
    }

    private static ValueGetter<bool> MakeGetter(DataViewRow row, InputColumns inputs)
    {
        var set = new SequenceSet(inputs.Fields);
        // As in a network, only the rows of a PredictionEngine can be of windows that have too few rows; a view leaves those out.
        if (row is DataViewRowCursor)
        {
            var reader = new ExampleReader(row, inputs);
            return (ref bool isComplete) =>
            {
                set.Clear();
                reader.AddTo(set);
                isComplete = true;
            };
        }
        var rowReader = new WindowExampleReader(row, inputs);
        return (ref bool isComplete) =>
        {
            set.Clear();
            isComplete = rowReader.TryAddTo(set);
        };
    }
}
