using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Filling;

/// <summary>The filling of missing values bound to the schema of its input.</summary>
internal sealed class FillSchema : BoundSchema
{
    private readonly int _indicatorIndex = -1;

    public FillSchema(FillSettings settings, DataViewSchema input)
        : base(input)
    {
        Settings = settings;
        DataViewSchema.Column column = SchemaShapeRules.Find(input, settings.InputColumnName);
        Slots = column.Type switch
        {
            NumberDataViewType number when number == NumberDataViewType.Single => 1,
            VectorDataViewType { IsKnownSize: true } vector when vector.ItemType == NumberDataViewType.Single => vector.Size,
            _ => throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; expected {FillSettings.Expected}."),
        };
        if (settings.GroupColumnName is { } group)
            RowGroupingRules.ThrowIfVector(SchemaShapeRules.Find(input, group));
        if (settings.Order is { } order)
            OrderColumn.ThrowIfUnfit(SchemaShapeRules.Find(input, order.ColumnName), order);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(settings.OutputColumnName, column.Type, column.Annotations);
        if (settings.IndicatorColumnName is { } indicator)
        {
            var annotations = new DataViewSchema.Annotations.Builder();
            annotations.Add(column.Annotations, name => name == AnnotationNames.SlotNames);
            builder.AddColumn(indicator, column.Type, annotations.ToAnnotations());
            _indicatorIndex = input.Count + 1;
        }
        Output = builder.ToSchema();
    }

    public FillSettings Settings { get; }

    /// <summary>The columns of the input, then the filled one and, where it is asked for, the one that tells what was filled.</summary>
    public override DataViewSchema Output { get; }

    /// <summary>The numbers of a row.</summary>
    public int Slots { get; }

    /// <summary>What rows are remembered, and how they are kept apart.</summary>
    public string Signature => FormattableString.Invariant($"last values '{Settings.InputColumnName}' of {Slots} numbers,")
        + $" groups {TypeOf(Settings.GroupColumnName)}, order {TypeOf(Settings.OrderColumnName)}";

    protected override IEnumerable<string> RowColumnNames => Settings.ColumnNames();

    protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) => [Settings.InputColumnName];

    /// <summary>Makes the getter of a column that the transform makes.</summary>
    /// <param name="column">The column.</param>
    /// <param name="current">The current row.</param>
    public Delegate MakeGetter(DataViewSchema.Column column, Func<FilledRow> current)
    {
        bool isIndicator = column.Index == _indicatorIndex;
        if (column.Type is not VectorDataViewType)
            return (ValueGetter<float>)((ref float value) => value = Values(current())[0]);
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            float[] values = Values(current());
            VBufferEditor<float> editor = VBufferEditor.Create(ref value, values.Length);
            values.CopyTo(editor.Values);
            value = editor.Commit();
        });

        float[] Values(FilledRow row) => isIndicator ? row.WasFilled : row.Values;
    }

    private string TypeOf(string? name) => name is null ? "none" : $"'{name}' ({KeyMeaning.DescribeType(Input[name])})";
}

/// <summary>The numbers of the current row. They change with the next row.</summary>
/// <param name="Values">The numbers, which are filled in place.</param>
/// <param name="WasFilled">1 where a number was filled.</param>
internal sealed record FilledRow(float[] Values, float[] WasFilled);
