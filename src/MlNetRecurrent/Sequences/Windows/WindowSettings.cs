using System.Text.Json.Serialization;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The settings of sliding windows.</summary>
internal sealed record WindowSettings : TransformSettings, IRowGrouping
{
    /// <summary>The most numbers of a window: 64 MiB.</summary>
    public const int MostNumbers = 1 << 24;

    /// <summary>What may be an input, for messages.</summary>
    public const string ExpectedInput = "Single or a vector of Single of known size " +
        "(ConvertType makes numbers Single, OneHotEncoding makes vectors of keys)";

    public required string OutputColumnName { get; init; }

    public required string[] InputColumnNames { get; init; }

    /// <summary>Rows of a window.</summary>
    public required int WindowSize { get; init; }

    /// <summary>From how many windows one is kept.</summary>
    public required int Stride { get; init; }

    /// <summary>The number of rows between the end of a window and the row that it is attached to.</summary>
    public required int Horizon { get; init; }

    /// <summary>The column whose values are not mixed in a window; null where all rows belong together.</summary>
    public string? GroupColumnName { get; init; }

    public required WindowStart Start { get; init; }

    /// <summary>The column that says how the rows of a group follow one another, which is checked; null where it is not.</summary>
    public string? OrderColumnName { get; init; }

    /// <summary>The treatment of rows without a group.</summary>
    public MissingRowAction MissingGroups { get; init; }

    /// <summary>The treatment of rows without an order.</summary>
    public MissingRowAction MissingOrders { get; init; }

    /// <summary>Whether rows of a group may be equal in order. Models of before this could be chosen allow it.</summary>
    public bool AllowsOrderTies { get; init; } = true;

    /// <summary>The difference in order between a row of a group and the next one, where it is a number; null where any is
    /// possible.</summary>
    public double? OrderInterval { get; init; }

    /// <summary>The same where the order is a time.</summary>
    public TimeSpan? OrderTimeInterval { get; init; }

    [JsonIgnore]
    public OrderSettings? Order => OrderColumnName is { } name
        ? new(name, AllowsOrderTies) { Interval = OrderInterval, TimeInterval = OrderTimeInterval }
        : null;

    /// <summary>Numbers of a row, in the data that the transform was fitted on; 0 before that.</summary>
    public int Features { get; init; }

    /// <summary>A hash of what the one-hot numbers of each input stood for in the data that the transform was fitted on, by
    /// <see cref="KeyMeaning"/>; null before that, and in files of older versions.</summary>
    public string?[]? KeyHashes { get; init; }

    /// <summary>Whether the stride holds only for the view that the transform was fitted on.</summary>
    public bool StrideInTrainingOnly { get; init; }

    /// <summary>Whether a warning is an error.</summary>
    public bool TreatWarningsAsErrors { get; init; }

    /// <summary>The kinds of warnings that are silenced.</summary>
    public RecurrentWarning[] IgnoredWarnings { get; init; } = [];

    [JsonIgnore]
    public WarningPolicy Warnings => new(TreatWarningsAsErrors, IgnoredWarnings);

    /// <summary>The rows of all groups are kept, mixed or not: windows take little memory.</summary>
    bool IRowGrouping.GroupsAreContiguous => false;

    /// <summary>The rows that a series must have to have a window.</summary>
    [JsonIgnore]
    public long ShortestSeries => (long)Horizon + (Start == WindowStart.Drop ? WindowSize : 1);

    public override SchemaShape DescribeOutput(SchemaShape inputSchema)
    {
        SchemaShape.Column[] inputs = Array.ConvertAll(InputColumnNames, name => DescribeInput(inputSchema, name));
        this.ThrowIfUnfit(inputSchema);
        return SchemaShapeRules.With(inputSchema, SchemaShapeRules.Windows(OutputColumnName, inputs));
    }

    public override WindowSettings Learn(IDataView data, Action checkCancelled) => this with
    {
        Features = Bind(data.Schema).Features,
        KeyHashes = Array.ConvertAll(InputColumnNames, name => KeyMeaning.HashOf(data.Schema[name])),
    };

    public override void Report(IHostEnvironment environment, DataViewSchema input) =>
        this.WarnIfOrderIsUnknown(environment, WindowTransformer.Component, input);

    public override WindowSchema Bind(DataViewSchema input) => new(this, input);

    public override ITransformer MakeTransformer(IHostEnvironment environment, IDataView fittedOn) =>
        new WindowTransformer(environment, this, fittedOn);

    public override void Validate()
    {
        TransformFile.CheckName(OutputColumnName, "output column");
        TransformFile.CheckNames(InputColumnNames, "input columns");
        TransformFile.CheckName(GroupColumnName, "group column");
        TransformFile.CheckName(OrderColumnName, "order column");
        Check(WindowSize is >= 1 and <= TransformFile.MostSteps, $"a window has {WindowSize} rows");
        Check(Stride is >= 1 and <= TransformFile.MostSteps, $"its stride is {Stride}");
        Check(Horizon is >= 0 and <= TransformFile.MostSteps, $"its horizon is {Horizon}");
        Check(
            2L * (WindowSize + Horizon) * Math.Max(1, Features) <= int.MaxValue,
            $"it remembers {WindowSize} and {Horizon} rows of {Features} numbers");
        Check(Features >= 0 && (long)WindowSize * Features <= MostNumbers, $"a window has {WindowSize} rows of {Features} numbers");
        Check(Enum.IsDefined(Start), $"its windows start as {Start}");
        Check(
            Enum.IsDefined(MissingGroups) && Enum.IsDefined(MissingOrders),
            $"it treats missing groups as {MissingGroups}, missing orders as {MissingOrders}");
        Check(OrderInterval is null or (> 0 and < double.PositiveInfinity), $"its interval is {OrderInterval}");
        Check(OrderTimeInterval is null || OrderTimeInterval > TimeSpan.Zero, $"its interval is {OrderTimeInterval}");
        TransformFile.CheckKeyHashes(KeyHashes, InputColumnNames.Length);
    }

    /// <summary>Whether the last row of a group has a window.</summary>
    /// <param name="rows">The rows of the group so far.</param>
    public bool IsDue(long rows)
    {
        long beyondFirst = rows - Horizon - (Start == WindowStart.Drop ? WindowSize : 1);
        return beyondFirst >= 0 && beyondFirst % Stride == 0;
    }

    private static SchemaShape.Column DescribeInput(SchemaShape inputSchema, string name)
    {
        SchemaShape.Column column = SchemaShapeRules.Find(inputSchema, name);
        bool isFixed = column.Kind != SchemaShape.Column.VectorKind.VariableVector;
        return !column.IsKey && column.ItemType == NumberDataViewType.Single && isFixed
            ? column
            : throw SchemaShapeRules.Unfit(column, ExpectedInput);
    }

    private static void Check(bool holds, FormattableString otherwise)
    {
        if (!holds)
            throw TransformFile.Damaged(FormattableString.Invariant(otherwise));
    }
}
