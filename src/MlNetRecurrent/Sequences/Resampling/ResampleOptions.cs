using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Resampling;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// The options of <see cref="Microsoft.ML.SequenceCatalog.Resample(Microsoft.ML.TransformsCatalog, ResampleOptions)"/>. They are checked
/// and copied when the estimator is created.
/// </summary>
public sealed class ResampleOptions
{
    /// <summary>
    /// The name of the column with the time of a row, a <see cref="DateTime"/> or a number. Within a group it must not decrease from row to
    /// row; rows are not sorted. In the result it holds the beginning of the interval. Required. Default: empty.
    /// </summary>
    public string OrderColumnName { get; set; } = "";

    /// <summary>
    /// The length of an interval for an <see cref="OrderColumnName"/> of type <see cref="DateTime"/>. Positive. Intervals begin at the
    /// multiples of it since Monday, 0001-01-01, so that days begin at midnight and weeks on Monday. Default: <see langword="null"/>;
    /// <see cref="OrderInterval"/> is the length.
    /// </summary>
    public TimeSpan? OrderTimeInterval { get; set; }

    /// <summary>
    /// The length of an interval for an <see cref="OrderColumnName"/> that holds numbers. Positive, and whole for integers. Intervals begin
    /// at the multiples of it. Default: <see langword="null"/>; <see cref="OrderTimeInterval"/> is the length.
    /// </summary>
    public double? OrderInterval { get; set; }

    /// <summary>The columns of the result beside the group and the time. At least one. Default: none.</summary>
    public IReadOnlyList<ResampledColumn> Columns { get; set; } = [];

    /// <summary>
    /// The name of a scalar column, such as a shop or a device, each of which is resampled by itself. The result has the column.
    /// Default: <see langword="null"/>; all rows are one group.
    /// </summary>
    public string? GroupColumnName { get; set; }

    /// <summary>
    /// The treatment of rows without a group. A group is missing if it is a missing key, NaN, or a text that is empty or white space.
    /// Default: <see cref="MissingRowAction.Throw"/>.
    /// </summary>
    public MissingRowAction MissingGroups { get; set; } = MissingRowAction.Throw;

    /// <summary>
    /// The treatment of rows without a value in <see cref="OrderColumnName"/>. A value is missing if it is NaN, or the smallest date
    /// (0001-01-01), which is how ML.NET reads an empty cell. Default: <see cref="MissingRowAction.Throw"/>.
    /// </summary>
    public MissingRowAction MissingOrders { get; set; } = MissingRowAction.Throw;

    /// <summary>
    /// Whether a warning is thrown as an <see cref="InvalidOperationException"/>, unless its kind is in <see cref="IgnoredWarnings"/>.
    /// Default: <see langword="false"/>; warnings are written to the log of the <see cref="Microsoft.ML.MLContext"/>.
    /// </summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The kinds of warnings that are neither logged nor thrown. Default: none.</summary>
    public IReadOnlyList<RecurrentWarning> IgnoredWarnings { get; set; } = [];

    /// <summary>Checks the options and copies them.</summary>
    internal ResampleSettings ToSettings()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(OrderColumnName);
        OptionCheck.ThatNameIsNotEmpty(GroupColumnName);
        OptionCheck.That(!(OrderTimeInterval <= TimeSpan.Zero), nameof(OrderTimeInterval), OrderTimeInterval, "positive");
        bool isInterval = OrderInterval is null or (> 0 and < double.PositiveInfinity);
        OptionCheck.That(isInterval, nameof(OrderInterval), OrderInterval, "a positive, finite number");
        OptionCheck.That(Enum.IsDefined(MissingGroups), nameof(MissingGroups), MissingGroups, "Throw or Drop");
        OptionCheck.That(Enum.IsDefined(MissingOrders), nameof(MissingOrders), MissingOrders, "Throw or Drop");
        WarningPolicy.ThrowIfUnknown(IgnoredWarnings, nameof(IgnoredWarnings));
        if (OrderInterval is null == OrderTimeInterval is null)
        {
            throw new ArgumentException(
                $"Exactly one of {nameof(OrderInterval)} and {nameof(OrderTimeInterval)} is needed: an order is a number or a time.",
                nameof(OrderInterval));
        }
        ArgumentNullException.ThrowIfNull(Columns);
        if (Columns.Count == 0 || Columns.Any(column => column is null))
            throw new ArgumentException("There must be at least one column, and none may be null.", nameof(Columns));
        OptionCheck.That(Columns.Count <= OptionCheck.MostColumns, nameof(Columns), Columns.Count, "at most 65536 columns");
        var settings = new ResampleSettings
        {
            OrderColumnName = OrderColumnName,
            OrderTimeInterval = OrderTimeInterval,
            OrderInterval = OrderInterval,
            Columns = [.. Columns.Select(column => new IntervalColumn(column.InputColumnName, column.OutputColumnName, column.Function))],
            GroupColumnName = GroupColumnName,
            MissingGroups = MissingGroups,
            MissingOrders = MissingOrders,
            TreatWarningsAsErrors = TreatWarningsAsErrors,
            IgnoredWarnings = [.. IgnoredWarnings],
        };
        if (settings.OutputColumnNames().GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"Column '{twice.Key}' is named twice among the group, the time and the results.", nameof(Columns));
        return settings;
    }
}
