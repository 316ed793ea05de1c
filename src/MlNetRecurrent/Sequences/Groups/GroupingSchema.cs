using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The grouping bound to the schema of its input.</summary>
internal sealed class GroupingSchema : BoundSchema
{
    public GroupingSchema(GroupingSettings settings, DataViewSchema input)
        : base(input)
    {
        Settings = settings;
        var builder = new DataViewSchema.Builder();
        foreach (string name in settings.OutputColumnNames())
        {
            DataViewSchema.Column column = Find(name);
            bool becomesSequence = settings.SequenceColumnNames.Contains(name);
            if (name == settings.GroupColumnName)
                RowGroupingRules.ThrowIfVector(column);
            if (becomesSequence)
                builder.AddColumn(name, SequenceOf(column), KeyValuesOf(column));
            else
                builder.AddColumn(name, column.Type, column.Annotations);
        }
        ThrowIfOtherKeys();
        if (settings.Order is { } order)
            OrderColumn.ThrowIfUnfit(Find(order.ColumnName), order);
        Output = builder.ToSchema();
    }

    public GroupingSettings Settings { get; }

    public override DataViewSchema Output { get; }

    /// <summary>What rows are remembered, and how they are kept apart.</summary>
    public string Signature => $"groups of {string.Join(", ", Settings.InputColumnNames().Select(Describe))}";

    protected override IEnumerable<string> RowColumnNames => Settings.ColumnNames();

    /// <summary>Rows are of groups, so that no column is one of the input.</summary>
    public override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

    protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) => [made.Name];

    /// <summary>Whether a column of the output is a sequence.</summary>
    public bool IsSequence(DataViewSchema.Column column) => Settings.SequenceColumnNames.Contains(column.Name);

    /// <summary>A hash of the meaning of the one-hot numbers of a column; null for keys, whose values the sequences keep.</summary>
    public static string? HashOf(DataViewSchema.Column column) => column.Type is VectorDataViewType ? KeyMeaning.HashOf(column) : null;

    private void ThrowIfOtherKeys()
    {
        for (int i = 0; i < Settings.SequenceColumnNames.Length; i++)
        {
            DataViewSchema.Column column = Find(Settings.SequenceColumnNames[i]);
            if (!KeyMeaning.Differ(Settings.KeyHashes?[i], HashOf(column)))
                continue;
            int size = ((VectorDataViewType)column.Type).Size;
            throw new InvalidOperationException(KeyMeaning.Describe($"Column '{column.Name}'", size, "GroupIntoSequences was fitted on"));
        }
    }

    private DataViewSchema.Column Find(string name) => SchemaShapeRules.Find(Input, name);

    private string Describe(string name) => $"'{name}' ({KeyMeaning.DescribeType(Input[name])})";

    private static VectorDataViewType SequenceOf(DataViewSchema.Column column) => column.Type switch
    {
        PrimitiveDataViewType item => new(item),
        VectorDataViewType { IsKnownSize: true, ItemType: not KeyDataViewType } vector => new(vector.ItemType, 0, vector.Size),
        _ => throw new InvalidOperationException(
            $"Column '{column.Name}' is {column.Type}; " +
            "expected a scalar or a vector of known size that holds no keys: one step of a sequence."),
    };

    private static DataViewSchema.Annotations KeyValuesOf(DataViewSchema.Column column)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(column.Annotations, name => name == AnnotationNames.KeyValues);
        if (HashOf(column) is not null)
            KeyMeaning.Add(builder, column);
        return builder.ToAnnotations();
    }
}
