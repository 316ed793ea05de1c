using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>Resampling bound to the schema of its input.</summary>
internal sealed class ResampleSchema : BoundSchema
{
    public ResampleSchema(ResampleSettings settings, DataViewSchema input)
        : base(input)
    {
        Settings = settings;
        var builder = new DataViewSchema.Builder();
        if (settings.GroupColumnName is { } name)
        {
            DataViewSchema.Column group = SchemaShapeRules.Find(input, name);
            RowGroupingRules.ThrowIfVector(group);
            builder.AddColumn(name, group.Type, group.Annotations);
        }
        DataViewSchema.Column order = SchemaShapeRules.Find(input, settings.OrderColumnName);
        IntervalClock.ThrowIfUnfit(order, settings);
        builder.AddColumn(order.Name, order.Type, order.Annotations);
        FirstResult = settings.ColumnNames().Count();
        foreach (IntervalColumn column in settings.Columns)
            Add(builder, column, SchemaShapeRules.Find(input, column.Input));
        Output = builder.ToSchema();
    }

    public ResampleSettings Settings { get; }

    /// <summary>The group, the time, and the results.</summary>
    public override DataViewSchema Output { get; }

    /// <summary>The number of columns before the results.</summary>
    public int FirstResult { get; }

    protected override IEnumerable<string> RowColumnNames => Settings.ColumnNames();

    /// <summary>Rows are intervals, so that no column is one of the input.</summary>
    public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

    protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) =>
        made.Index < FirstResult ? [made.Name] : [Settings.Columns[made.Index - FirstResult].Input];

    private static void Add(DataViewSchema.Builder builder, IntervalColumn column, DataViewSchema.Column input)
    {
        if (((input.Type as VectorDataViewType)?.ItemType ?? input.Type) != NumberDataViewType.Single
            || input.Type is VectorDataViewType { IsKnownSize: false })
        {
            throw new InvalidOperationException($"Column '{input.Name}' is {input.Type}; expected {ResampleSettings.Expected}.");
        }
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(input.Annotations, name => name == AnnotationNames.SlotNames);
        builder.AddColumn(column.Output, input.Type, annotations.ToAnnotations());
    }
}
