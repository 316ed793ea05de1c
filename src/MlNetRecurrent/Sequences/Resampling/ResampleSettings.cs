using System.Text.Json.Serialization;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>A column of the result.</summary>
/// <param name="Input">The column of the input.</param>
/// <param name="Output">The name in the result.</param>
/// <param name="Function">Its value in an interval.</param>
internal sealed record IntervalColumn(string Input, string Output, ResampleFunction Function);

/// <summary>The settings of resampling.</summary>
internal sealed record ResampleSettings : TransformSettings, IRowGrouping
{
    public const string Expected = "Single or a vector of Single of known size (ConvertType makes numbers Single)";

    /// <summary>The column with the time of a row, and of the beginning of an interval.</summary>
    public required string OrderColumnName { get; init; }

    /// <summary>The length of an interval, of times.</summary>
    public TimeSpan? OrderTimeInterval { get; init; }

    /// <summary>The length of an interval, of numbers.</summary>
    public double? OrderInterval { get; init; }

    public required IntervalColumn[] Columns { get; init; }

    /// <summary>The column of the groups; null where all rows are one.</summary>
    public string? GroupColumnName { get; init; }

    /// <summary>The treatment of rows without a group.</summary>
    public required MissingRowAction MissingGroups { get; init; }

    /// <summary>The treatment of rows without an order.</summary>
    public required MissingRowAction MissingOrders { get; init; }

    [JsonIgnore]
    public OrderSettings? Order => new(OrderColumnName, AllowsTies: true);

    /// <summary>Whether a warning is an error.</summary>
    public bool TreatWarningsAsErrors { get; init; }

    /// <summary>The kinds of warnings that are silenced.</summary>
    public RecurrentWarning[] IgnoredWarnings { get; init; } = [];

    [JsonIgnore]
    public WarningPolicy Warnings => new(TreatWarningsAsErrors, IgnoredWarnings);

    /// <summary>Each group has one interval that is not over, mixed or not.</summary>
    bool IRowGrouping.GroupsAreContiguous => false;

    /// <summary>The columns that come out.</summary>
    public IEnumerable<string> OutputColumnNames() => [.. this.ColumnNames(), .. Columns.Select(column => column.Output)];

    public override IHostEnvironment Register(IHostEnvironment environment) => environment.Register(ResampleTransformer.Component);

    public override SchemaShape DescribeOutput(SchemaShape inputSchema)
    {
        this.ThrowIfUnfit(inputSchema);
        return new(
        [
            .. this.ColumnNames().Select(name => SchemaShapeRules.Find(inputSchema, name)),
            .. Columns.Select(column => DescribeColumn(inputSchema, column)),
        ]);
    }

    public override ResampleSchema Bind(DataViewSchema input) => new(this, input);

    public override ITransformer MakeTransformer(IHostEnvironment environment, IDataView fittedOn) =>
        new ResampleTransformer(environment, this);

    public override void Validate()
    {
        TransformFile.CheckNames([OrderColumnName], "order columns");
        TransformFile.CheckName(GroupColumnName, "group column");
        if (Columns.Any(column => column is null || !Enum.IsDefined(column.Function)))
            throw TransformFile.Damaged("one of its columns has no function");
        TransformFile.CheckNames([.. Columns.Select(column => column.Input)], "columns");
        TransformFile.CheckNames([.. Columns.Select(column => column.Output)], "columns");
        if (OutputColumnNames().Distinct().Count() != OutputColumnNames().Count())
            throw TransformFile.Damaged("its columns are not all different");
        bool areIntervals = OrderInterval is null or (> 0 and < double.PositiveInfinity) && !(OrderTimeInterval <= TimeSpan.Zero);
        if (!areIntervals || OrderInterval is null == OrderTimeInterval is null)
            throw TransformFile.Damaged("its interval is none");
        if (!Enum.IsDefined(MissingGroups) || !Enum.IsDefined(MissingOrders))
            throw TransformFile.Damaged("it treats missing groups or orders in a way that cannot be");
    }

    private static SchemaShape.Column DescribeColumn(SchemaShape inputSchema, IntervalColumn described)
    {
        SchemaShape.Column column = SchemaShapeRules.Find(inputSchema, described.Input);
        bool fits = column is { IsKey: false, Kind: not SchemaShape.Column.VectorKind.VariableVector }
            && column.ItemType == NumberDataViewType.Single;
        return fits
            ? SchemaShapes.With(described.Output, column.Kind, column.ItemType, isKey: false, SchemaShapes.SlotNames(column))
            : throw SchemaShapeRules.Unfit(column, Expected);
    }
}
