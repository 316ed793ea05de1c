using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Windows;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>The options of <see cref="Microsoft.ML.SequenceCatalog.SlidingWindow(Microsoft.ML.TransformsCatalog, SlidingWindowOptions)"/>. They are copied and checked when the transform is made.</summary>
public sealed class SlidingWindowOptions
{
    private const int LargestSize = 1 << 20;

    /// <summary>The column of the windows. Default: <c>Features</c>.</summary>
    public string OutputColumnName { get; set; } = "Features";

    /// <summary>The columns of a row, <see cref="float"/> or vectors of known size. At least one. Default: none.</summary>
    public IReadOnlyList<string> InputColumnNames { get; set; } = [];

    /// <summary>The rows of a window. Between 1 and 1048576. Default: 10.</summary>
    public int WindowSize { get; set; } = 10;

    /// <summary>One window in this many is kept, in each group. Between 1 and 1048576. A <c>PredictionEngine</c> gets them all. Default: 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>
    /// Whether <see cref="Stride"/> holds only for the view that the transform is fitted on, when it is transformed for the first time:
    /// what the rest of a pipeline is trained on. All rows of other views get their windows.
    /// Default: <see langword="false"/>, the stride holds for every view, and a warning says so where nothing is trained on it.
    /// </summary>
    public bool StrideInTrainingOnly { get; set; }

    /// <summary>The number of rows between the end of a window and the row that it belongs to. Between 0 and 1048576. Default: 0, the window ends with the row itself.</summary>
    public int Horizon { get; set; }

    /// <summary>A scalar column, such as an entity, whose values are not mixed in a window. Default: <see langword="null"/>, all rows belong together.</summary>
    public string? GroupColumnName { get; set; }

    /// <summary>How rows are treated that have too few rows before them. Default: <see cref="WindowStart.Drop"/>.</summary>
    public WindowStart Start { get; set; } = WindowStart.Drop;

    /// <summary>
    /// The column (a number or a time, or a key whose values are in order) that orders the rows of a group, which is checked: each row must
    /// be after the one before it. Default: <see langword="null"/>, rows are taken as they come.
    /// </summary>
    public string? OrderColumnName { get; set; }

    /// <summary>
    /// How rows are treated whose group is missing: a missing key, NaN, or a text without a character other than white space, as an empty
    /// cell reads. Default: <see cref="MissingRowAction.Throw"/>.
    /// </summary>
    public MissingRowAction MissingGroups { get; set; } = MissingRowAction.Throw;

    /// <summary>
    /// How rows are treated whose value in <see cref="OrderColumnName"/> is missing: a missing key, NaN, or the first of all dates
    /// (0001-01-01), as an empty cell reads. Default: <see cref="MissingRowAction.Throw"/>.
    /// </summary>
    public MissingRowAction MissingOrders { get; set; } = MissingRowAction.Throw;

    /// <summary>Whether rows of a group may be equal in <see cref="OrderColumnName"/>; they keep the order of the data then.
    /// Default: <see langword="false"/>, they are an <see cref="InvalidOperationException"/>.</summary>
    public bool AllowOrderTies { get; set; }

    /// <summary>
    /// The expected difference in <see cref="OrderColumnName"/>, a number or a key, between a row of a group and the next one. Another one,
    /// such as a gap, is an <see cref="InvalidOperationException"/>; equal rows that <see cref="AllowOrderTies"/>
    /// allows are none. Single and Double may differ by a thousandth of it, and by the distance between neighboring numbers of their type,
    /// at most a quarter of it. Positive, in the unit of the column.
    /// Default: <see langword="null"/>, any difference is possible.
    /// </summary>
    public double? OrderInterval { get; set; }

    /// <summary>The same as <see cref="OrderInterval"/> for an <see cref="OrderColumnName"/> of <see cref="DateTime"/>,
    /// <see cref="DateTimeOffset"/> or <see cref="TimeSpan"/>. Positive. Default: <see langword="null"/>, any difference is
    /// possible.</summary>
    public TimeSpan? OrderTimeInterval { get; set; }

    /// <summary>Whether a warning is an <see cref="InvalidOperationException"/>, unless <see cref="IgnoredWarnings"/> has its kind. Default: <see langword="false"/>, warnings are written to the log of the <see cref="Microsoft.ML.MLContext"/>.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The kinds of warnings that are not written to the log, nor errors. Default: none.</summary>
    public IReadOnlyList<RecurrentWarning> IgnoredWarnings { get; set; } = [];

    /// <summary>Checks the options and copies them.</summary>
    internal WindowSettings ToSettings()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(OutputColumnName);
        if (GroupColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(GroupColumnName);
        if (OrderColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(OrderColumnName);
        OptionCheck.That(WindowSize is >= 1 and <= LargestSize, nameof(WindowSize), WindowSize, "between 1 and 1048576");
        OptionCheck.That(Stride is >= 1 and <= LargestSize, nameof(Stride), Stride, "between 1 and 1048576");
        OptionCheck.That(Horizon is >= 0 and <= LargestSize, nameof(Horizon), Horizon, "between 0 and 1048576");
        OptionCheck.That(Enum.IsDefined(Start), nameof(Start), Start, "Drop or Pad");
        OptionCheck.That(Enum.IsDefined(MissingGroups), nameof(MissingGroups), MissingGroups, "Throw or Drop");
        OptionCheck.That(Enum.IsDefined(MissingOrders), nameof(MissingOrders), MissingOrders, "Throw or Drop");
        OptionCheck.That(OrderInterval is null or (> 0 and < double.PositiveInfinity), nameof(OrderInterval), OrderInterval, "a positive, finite number");
        OptionCheck.That(!(OrderTimeInterval <= TimeSpan.Zero), nameof(OrderTimeInterval), OrderTimeInterval, "positive");
        if ((OrderInterval is not null || OrderTimeInterval is not null) && OrderColumnName is null)
        {
            throw new ArgumentException(
                $"{nameof(OrderInterval)} and {nameof(OrderTimeInterval)} need {nameof(OrderColumnName)}: no column says the order.", nameof(OrderInterval));
        }
        if (OrderInterval is not null && OrderTimeInterval is not null)
        {
            throw new ArgumentException(
                $"{nameof(OrderInterval)} and {nameof(OrderTimeInterval)} exclude each other: an order is a number or a time.", nameof(OrderInterval));
        }
        WarningPolicy.ThrowIfUnknown(IgnoredWarnings, nameof(IgnoredWarnings));
        return new()
        {
            OutputColumnName = OutputColumnName,
            InputColumnNames = OptionCheck.ThatNamesAreGiven(InputColumnNames, nameof(InputColumnNames)),
            WindowSize = WindowSize,
            Stride = Stride,
            StrideInTrainingOnly = StrideInTrainingOnly,
            Horizon = Horizon,
            GroupColumnName = GroupColumnName,
            Start = Start,
            OrderColumnName = OrderColumnName,
            MissingGroups = MissingGroups,
            MissingOrders = MissingOrders,
            AllowsOrderTies = AllowOrderTies,
            OrderInterval = OrderInterval,
            OrderTimeInterval = OrderTimeInterval,
            TreatWarningsAsErrors = TreatWarningsAsErrors,
            IgnoredWarnings = [.. IgnoredWarnings],
        };
    }
}
