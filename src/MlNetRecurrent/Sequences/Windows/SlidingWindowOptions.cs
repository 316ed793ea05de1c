using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Windows;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// The options of <see cref="Microsoft.ML.SequenceCatalog.SlidingWindow(Microsoft.ML.TransformsCatalog, SlidingWindowOptions)"/>. They are
/// checked and copied when the estimator is created.
/// </summary>
public sealed class SlidingWindowOptions
{
    private const int LargestSize = 1 << 20;

    /// <summary>The name of the column of windows. Default: <c>Features</c>.</summary>
    public string OutputColumnName { get; set; } = "Features";

    /// <summary>The names of the input columns: <see cref="float"/>, or vectors of it of known size. At least one. Default: none.</summary>
    public IReadOnlyList<string> InputColumnNames { get; set; } = [];

    /// <summary>The number of rows in a window. Between 1 and 1048576. Default: 10.</summary>
    public int WindowSize { get; set; } = 10;

    /// <summary>
    /// The distance between the starts of consecutive windows of a group, in rows. Between 1 and 1048576. A <c>PredictionEngine</c> ignores
    /// the stride and returns a window for every row. Default: 1.
    /// </summary>
    public int Stride { get; set; } = 1;

    /// <summary>
    /// Whether <see cref="Stride"/> applies only to training data, which is the view that the transform is fitted on, the first time that
    /// it is transformed. In all other views, every row gets a window. Default: <see langword="false"/>; the stride applies to every view,
    /// and a warning is logged for views other than the training data.
    /// </summary>
    public bool StrideInTrainingOnly { get; set; }

    /// <summary>
    /// The distance from the last row of a window to the row that the window belongs to, in rows. Between 0 and 1048576. Default: 0; the
    /// window ends with the row itself.
    /// </summary>
    public int Horizon { get; set; }

    /// <summary>
    /// The name of a scalar column, such as a user or a device. A window holds rows with the same value only.
    /// Default: <see langword="null"/>; all rows are one group.
    /// </summary>
    public string? GroupColumnName { get; set; }

    /// <summary>The treatment of rows that have too few rows before them. Default: <see cref="WindowStart.Drop"/>.</summary>
    public WindowStart Start { get; set; } = WindowStart.Drop;

    /// <summary>
    /// The name of the column that orders the rows of a group: a number, a time, or a key whose values are in order. Its values must
    /// increase from row to row; rows are not sorted. Default: <see langword="null"/>; the order is not checked.
    /// </summary>
    public string? OrderColumnName { get; set; }

    /// <summary>
    /// The treatment of rows without a group. A group is missing if it is a missing key, NaN, or a text that is empty or white space.
    /// Default: <see cref="MissingRowAction.Throw"/>.
    /// </summary>
    public MissingRowAction MissingGroups { get; set; } = MissingRowAction.Throw;

    /// <summary>
    /// The treatment of rows without a value in <see cref="OrderColumnName"/>. A value is missing if it is a missing key, NaN, or the
    /// smallest date (0001-01-01), which is how ML.NET reads an empty cell. Default: <see cref="MissingRowAction.Throw"/>.
    /// </summary>
    public MissingRowAction MissingOrders { get; set; } = MissingRowAction.Throw;

    /// <summary>
    /// Whether rows of a group may have equal values in <see cref="OrderColumnName"/>. They keep the order of the data.
    /// Default: <see langword="false"/>; equal values cause an <see cref="InvalidOperationException"/>.
    /// </summary>
    public bool AllowOrderTies { get; set; }

    /// <summary>
    /// The expected difference in <see cref="OrderColumnName"/>, a number or a key, between consecutive rows of a group. Positive, in the
    /// unit of the column. Any other difference, such as a gap, causes an <see cref="InvalidOperationException"/>. Ties that
    /// <see cref="AllowOrderTies"/> permits are accepted. For <see cref="float"/> and <see cref="double"/> the tolerance is the larger of a
    /// thousandth of the interval and the distance between neighboring numbers of the type, the latter limited to a quarter of the
    /// interval. Default: <see langword="null"/>; any difference is accepted.
    /// </summary>
    public double? OrderInterval { get; set; }

    /// <summary>
    /// The same as <see cref="OrderInterval"/> for an <see cref="OrderColumnName"/> of type <see cref="DateTime"/>,
    /// <see cref="DateTimeOffset"/> or <see cref="TimeSpan"/>. Positive. Default: <see langword="null"/>; any difference is accepted.
    /// </summary>
    public TimeSpan? OrderTimeInterval { get; set; }

    /// <summary>
    /// Whether a warning is thrown as an <see cref="InvalidOperationException"/>, unless its kind is in <see cref="IgnoredWarnings"/>.
    /// Default: <see langword="false"/>; warnings are written to the log of the <see cref="Microsoft.ML.MLContext"/>.
    /// </summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The kinds of warnings that are neither logged nor thrown. Default: none.</summary>
    public IReadOnlyList<RecurrentWarning> IgnoredWarnings { get; set; } = [];

    /// <summary>Checks the options and copies them.</summary>
    internal WindowSettings ToSettings()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(OutputColumnName);
        OptionCheck.ThatNameIsNotEmpty(GroupColumnName);
        OptionCheck.ThatNameIsNotEmpty(OrderColumnName);
        OptionCheck.That(WindowSize is >= 1 and <= LargestSize, nameof(WindowSize), WindowSize, "between 1 and 1048576");
        OptionCheck.That(Stride is >= 1 and <= LargestSize, nameof(Stride), Stride, "between 1 and 1048576");
        OptionCheck.That(Horizon is >= 0 and <= LargestSize, nameof(Horizon), Horizon, "between 0 and 1048576");
        OptionCheck.That(Enum.IsDefined(Start), nameof(Start), Start, "Drop or Pad");
        OptionCheck.That(Enum.IsDefined(MissingGroups), nameof(MissingGroups), MissingGroups, "Throw or Drop");
        OptionCheck.That(Enum.IsDefined(MissingOrders), nameof(MissingOrders), MissingOrders, "Throw or Drop");
        bool isInterval = OrderInterval is null or (> 0 and < double.PositiveInfinity);
        OptionCheck.That(isInterval, nameof(OrderInterval), OrderInterval, "a positive, finite number");
        OptionCheck.That(!(OrderTimeInterval <= TimeSpan.Zero), nameof(OrderTimeInterval), OrderTimeInterval, "positive");
        if ((OrderInterval is not null || OrderTimeInterval is not null) && OrderColumnName is null)
        {
            throw new ArgumentException(
                $"{nameof(OrderInterval)} and {nameof(OrderTimeInterval)} need {nameof(OrderColumnName)}: no column says the order.",
                nameof(OrderInterval));
        }
        if (OrderInterval is not null && OrderTimeInterval is not null)
        {
            throw new ArgumentException(
                $"{nameof(OrderInterval)} and {nameof(OrderTimeInterval)} exclude each other: an order is a number or a time.",
                nameof(OrderInterval));
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
