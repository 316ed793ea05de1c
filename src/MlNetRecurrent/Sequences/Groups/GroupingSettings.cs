using System.Text.Json.Serialization;
using MlNetRecurrent.Sequences.Orders;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The settings of the grouping of rows into sequences.</summary>
internal sealed record GroupingSettings : TransformSettings, IRowGrouping
{
    public required string GroupColumnName { get; init; }

    /// <summary>The column that says how the rows of a group follow one another; null for the order of the view.</summary>
    public string? OrderColumnName { get; init; }

    /// <summary>The columns that become sequences, under the same names.</summary>
    public required string[] SequenceColumnNames { get; init; }

    /// <summary>The columns of which each group keeps the value of its last row.</summary>
    public required string[] ScalarColumnNames { get; init; }

    /// <summary>Whether rows that are out of order are an error, rather than sorted.</summary>
    public required bool ChecksOrder { get; init; }

    /// <summary>Whether the rows of a group follow one another, so that no more than one group is in memory.</summary>
    public required bool GroupsAreContiguous { get; init; }

    /// <summary>A hash of what the one-hot numbers of each sequence stood for in the data that the transform was fitted on, by
    /// <see cref="KeyMeaning"/>, since sequences do not say it; null before that, and in files of older versions.</summary>
    public string?[]? KeyHashes { get; init; }

    /// <summary>The treatment of rows without a group.</summary>
    public MissingRowAction MissingGroups { get; init; }

    /// <summary>The treatment of rows without an order.</summary>
    public MissingRowAction MissingOrders { get; init; }

    /// <summary>Whether rows of a group may be equal in order. Models of before this could be chosen allow it.</summary>
    public bool AllowsOrderTies { get; init; } = true;

    [JsonIgnore]
    public OrderSettings? Order => OrderColumnName is { } name ? new(name, AllowsOrderTies) : null;

    /// <summary>The columns that come out: the groups, the sequences, the scalars.</summary>
    public IEnumerable<string> OutputColumnNames() => [GroupColumnName, .. SequenceColumnNames, .. ScalarColumnNames];

    /// <summary>All columns that are read.</summary>
    public IEnumerable<string> InputColumnNames() =>
        OrderColumnName is null ? OutputColumnNames() : OutputColumnNames().Append(OrderColumnName);

    /// <summary>Whether a warning is an error.</summary>
    public bool TreatWarningsAsErrors { get; init; }

    /// <summary>The kinds of warnings that are silenced.</summary>
    public RecurrentWarning[] IgnoredWarnings { get; init; } = [];

    [JsonIgnore]
    public WarningPolicy Warnings => new(TreatWarningsAsErrors, IgnoredWarnings);

    public override SchemaShape DescribeOutput(SchemaShape inputSchema)
    {
        this.ThrowIfUnfit(inputSchema);
        return new(OutputColumnNames().Select(name => DescribeColumn(SchemaShapeRules.Find(inputSchema, name))));
    }

    public override GroupingSettings Learn(IDataView data, Action checkCancelled) =>
        this with { KeyHashes = Array.ConvertAll(SequenceColumnNames, name => GroupingSchema.HashOf(data.Schema[name])) };

    public override void Report(IHostEnvironment environment, DataViewSchema input) =>
        this.WarnIfOrderIsUnknown(environment, GroupingTransformer.Component, input);

    public override GroupingSchema Bind(DataViewSchema input) => new(this, input);

    public override ITransformer MakeTransformer(IHostEnvironment environment, IDataView fittedOn) =>
        new GroupingTransformer(environment, this);

    public override void Validate()
    {
        TransformFile.CheckName(GroupColumnName, "group column");
        TransformFile.CheckName(OrderColumnName, "order column");
        TransformFile.CheckNames(SequenceColumnNames, "sequences");
        TransformFile.CheckNames(ScalarColumnNames, "scalars", mayBeNone: true);
        if (!Enum.IsDefined(MissingGroups) || !Enum.IsDefined(MissingOrders))
            throw TransformFile.Damaged("it treats missing groups or orders in a way that cannot be");
        if (ChecksOrder && OrderColumnName is null)
            throw TransformFile.Damaged("it checks the order of rows without a column that says it");
        if (OutputColumnNames().Distinct().Count() != OutputColumnNames().Count())
            throw TransformFile.Damaged("its columns are not all different");
        TransformFile.CheckKeyHashes(KeyHashes, SequenceColumnNames.Length);
    }

    private SchemaShape.Column DescribeColumn(SchemaShape.Column column)
    {
        if (!SequenceColumnNames.Contains(column.Name))
            return column;
        bool isVector = column.Kind == SchemaShape.Column.VectorKind.Vector;
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector || (isVector && column.IsKey))
        {
            const string expected = "a scalar or a vector of known size that holds no keys: one step of a sequence";
            throw SchemaShapeRules.Unfit(column, expected);
        }
        IEnumerable<SchemaShape.Column> values = SchemaShapes.KeyValues(column, AnnotationNames.KeyValues);
        IEnumerable<SchemaShape.Column> meaning = isVector ? SchemaShapeRules.KeyMeaningOf(column) : [];
        return SchemaShapes.With(
            column.Name, SchemaShape.Column.VectorKind.VariableVector, column.ItemType, column.IsKey, [.. values, .. meaning]);
    }
}
