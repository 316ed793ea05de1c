using System.Text.Json.Serialization;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Filling;

/// <summary>The settings of the filling of missing values.</summary>
internal sealed record FillSettings : TransformSettings, IRowGrouping
{
    public const string Expected = "Single or a vector of Single of known size (ConvertType makes numbers Single)";

    public required string OutputColumnName { get; init; }

    public required string InputColumnName { get; init; }

    public required MissingValueFill Fill { get; init; }

    /// <summary>The value before the first known one of a group; null for NaN.</summary>
    public float? InitialValue { get; init; }

    /// <summary>The number of consecutive rows of a group that are filled; null for any number.</summary>
    public int? MaximumNumberOfFilledRows { get; init; }

    /// <summary>The column that tells which values were filled; null for none.</summary>
    public string? IndicatorColumnName { get; init; }

    /// <summary>The column of the groups; null where all rows are one.</summary>
    public string? GroupColumnName { get; init; }

    /// <summary>The column that says how the rows of a group follow one another, which is checked; null where it is not.</summary>
    public string? OrderColumnName { get; init; }

    /// <summary>The treatment of rows without a group.</summary>
    public required MissingRowAction MissingGroups { get; init; }

    /// <summary>The treatment of rows without an order.</summary>
    public required MissingRowAction MissingOrders { get; init; }

    /// <summary>Whether rows of a group may be equal in order.</summary>
    public required bool AllowsOrderTies { get; init; }

    [JsonIgnore]
    public OrderSettings? Order => OrderColumnName is { } name ? new(name, AllowsOrderTies) : null;

    /// <summary>Whether a warning is an error.</summary>
    public bool TreatWarningsAsErrors { get; init; }

    /// <summary>The kinds of warnings that are silenced.</summary>
    public RecurrentWarning[] IgnoredWarnings { get; init; } = [];

    [JsonIgnore]
    public WarningPolicy Warnings => new(TreatWarningsAsErrors, IgnoredWarnings);

    /// <summary>The last values of all groups are kept, mixed or not: they take little memory.</summary>
    bool IRowGrouping.GroupsAreContiguous => false;

    public override IHostEnvironment Register(IHostEnvironment environment) => environment.Register(FillTransformer.Component);

    public override SchemaShape DescribeOutput(SchemaShape inputSchema)
    {
        SchemaShape.Column column = SchemaShapeRules.Find(inputSchema, InputColumnName);
        bool fits = column is { IsKey: false, Kind: not SchemaShape.Column.VectorKind.VariableVector }
            && column.ItemType == NumberDataViewType.Single;
        if (!fits)
            throw SchemaShapeRules.Unfit(column, Expected);
        this.ThrowIfUnfit(inputSchema);
        SchemaShape.Column filled = SchemaShapes.Rename(column, OutputColumnName);
        return IndicatorColumnName is not { } name
            ? SchemaShapeRules.With(inputSchema, filled)
            : SchemaShapeRules.With(
                inputSchema, filled,
                SchemaShapes.With(name, column.Kind, column.ItemType, isKey: false, SchemaShapes.SlotNames(column)));
    }

    public override void Report(IHostEnvironment environment, DataViewSchema input) =>
        this.WarnIfOrderIsUnknown(environment, FillTransformer.Component, input);

    public override FillSchema Bind(DataViewSchema input) => new(this, input);

    public override ITransformer MakeTransformer(IHostEnvironment environment, IDataView fittedOn) =>
        new FillTransformer(environment, this);

    public override void Validate()
    {
        TransformFile.CheckNames([InputColumnName, OutputColumnName], "columns");
        TransformFile.CheckName(IndicatorColumnName, "indicator");
        TransformFile.CheckName(GroupColumnName, "group column");
        TransformFile.CheckName(OrderColumnName, "order column");
        if (IndicatorColumnName == OutputColumnName)
            throw TransformFile.Damaged("its columns are not all different");
        if (!Enum.IsDefined(Fill) || (Fill == MissingValueFill.InterpolateByOrder && OrderColumnName is null))
            throw TransformFile.Damaged($"it fills values as {Fill}, or has no order to do so");
        if (InitialValue is { } value && !float.IsFinite(value))
            throw TransformFile.Damaged("its first value is no number");
        if (MaximumNumberOfFilledRows is < 1 or > TransformFile.MostSteps)
            throw TransformFile.Damaged($"it fills {MaximumNumberOfFilledRows} rows");
        if (!Enum.IsDefined(MissingGroups) || !Enum.IsDefined(MissingOrders))
            throw TransformFile.Damaged("it treats missing groups or orders in a way that cannot be");
    }
}
