using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The grouping bound to the schema of its input.</summary>
internal sealed class GroupingSchema
{
    public GroupingSchema(GroupingSettings settings, DataViewSchema input)
    {
        Settings = settings;
        Input = input;
        var builder = new DataViewSchema.Builder();
        foreach (string name in settings.OutputColumnNames())
        {
            DataViewSchema.Column column = Find(name);
            bool becomesSequence = settings.SequenceColumnNames.Contains(name);
            if (name == settings.GroupColumnName && column.Type is VectorDataViewType)
                throw new InvalidOperationException($"Group column '{name}' is {column.Type}; expected a scalar.");
            builder.AddColumn(name, becomesSequence ? SequenceOf(column) : column.Type, becomesSequence ? KeyValuesOf(column) : column.Annotations);
        }
        ThrowIfOtherKeys();
        if (settings.Order is { } order)
            OrderColumn.ThrowIfUnfit(Find(order.ColumnName), order);
        Output = builder.ToSchema();
    }

    public GroupingSettings Settings { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>What rows are remembered, and how they are kept apart.</summary>
    public string Signature =>
        $"groups of {string.Join(", ", Settings.InputColumnNames().Select(name => $"'{name}' ({KeyMeaning.DescribeType(Input[name])})"))}";

    /// <summary>The columns of the input that these columns of the output need.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
    {
        HashSet<string> needed = [Settings.GroupColumnName, .. columns.Select(column => column.Name), .. Settings.OrderColumnName is { } order ? [order] : Array.Empty<string>()];
        return needed.Select(name => Input[name]);
    }

    /// <summary>Whether a column of the output is a sequence.</summary>
    public bool IsSequence(DataViewSchema.Column column) => Settings.SequenceColumnNames.Contains(column.Name);

    /// <summary>What the one-hot numbers of a column stand for. Keys keep their values in the sequences, where it shows.</summary>
    public static string? HashOf(DataViewSchema.Column column) => column.Type is VectorDataViewType ? KeyMeaning.HashOf(column) : null;

    private void ThrowIfOtherKeys()
    {
        for (int i = 0; i < Settings.SequenceColumnNames.Length; i++)
        {
            DataViewSchema.Column column = Find(Settings.SequenceColumnNames[i]);
            if (KeyMeaning.Differ(Settings.KeyHashes?[i], HashOf(column)))
                throw new InvalidOperationException(KeyMeaning.Describe($"Column '{column.Name}'", ((VectorDataViewType)column.Type).Size, "GroupIntoSequences was fitted on"));
        }
    }

    private DataViewSchema.Column Find(string name) => Input.GetColumnOrNull(name) ?? throw SchemaShapeRules.Missing(nameof(Input), name, Input.Select(column => column.Name));

    private static VectorDataViewType SequenceOf(DataViewSchema.Column column) => column.Type switch
    {
        PrimitiveDataViewType item => new(item),
        VectorDataViewType { IsKnownSize: true, ItemType: not KeyDataViewType } vector => new(vector.ItemType, 0, vector.Size),
        _ => throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; expected a scalar or a vector of known size that holds no keys: one step of a sequence."),
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
