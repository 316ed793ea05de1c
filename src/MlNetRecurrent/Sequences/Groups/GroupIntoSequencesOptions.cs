using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// The options of
/// <see cref="Microsoft.ML.SequenceCatalog.GroupIntoSequences(Microsoft.ML.TransformsCatalog, GroupIntoSequencesOptions)"/>. They are
/// checked and copied when the estimator is created.
/// </summary>
public sealed class GroupIntoSequencesOptions
{
    /// <summary>The name of the scalar column with the group of a row. Required. Default: empty.</summary>
    public string GroupColumnName { get; set; } = "";

    /// <summary>
    /// The name of the column that orders the rows of a group: a number, a key or a time. Default: <see langword="null"/>, which keeps the
    /// order of the data.
    /// </summary>
    public string? OrderColumnName { get; set; }

    /// <summary>The names of the columns that become sequences. At least one. Default: none.</summary>
    public IReadOnlyList<string> SequenceColumnNames { get; set; } = [];

    /// <summary>The names of the columns, such as a label, whose value in the last row of a group is kept. Default: none.</summary>
    public IReadOnlyList<string> ScalarColumnNames { get; set; } = [];

    /// <summary>
    /// Whether rows of a group that are out of order cause an <see cref="InvalidOperationException"/>. Default: <see langword="false"/>;
    /// rows are sorted.
    /// </summary>
    public bool CheckOrder { get; set; }

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
    /// Whether the rows of each group are consecutive, so that at most two groups are in memory at a time. A group that continues after
    /// another one has begun causes an <see cref="InvalidOperationException"/>. Default: <see langword="false"/>.
    /// </summary>
    public bool GroupsAreContiguous { get; set; }

    /// <summary>
    /// Whether a warning is thrown as an <see cref="InvalidOperationException"/>, unless its kind is in <see cref="IgnoredWarnings"/>.
    /// Default: <see langword="false"/>; warnings are written to the log of the <see cref="Microsoft.ML.MLContext"/>.
    /// </summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The kinds of warnings that are neither logged nor thrown. Default: none.</summary>
    public IReadOnlyList<RecurrentWarning> IgnoredWarnings { get; set; } = [];

    /// <summary>Checks the options and copies them.</summary>
    internal GroupingSettings ToSettings()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(GroupColumnName);
        OptionCheck.ThatNameIsNotEmpty(OrderColumnName);
        if (CheckOrder && OrderColumnName is null)
        {
            throw new ArgumentException(
                $"{nameof(CheckOrder)} needs {nameof(OrderColumnName)}: no column says the order.", nameof(CheckOrder));
        }
        OptionCheck.That(Enum.IsDefined(MissingGroups), nameof(MissingGroups), MissingGroups, "Throw or Drop");
        OptionCheck.That(Enum.IsDefined(MissingOrders), nameof(MissingOrders), MissingOrders, "Throw or Drop");
        WarningPolicy.ThrowIfUnknown(IgnoredWarnings, nameof(IgnoredWarnings));
        ArgumentNullException.ThrowIfNull(ScalarColumnNames);
        var settings = new GroupingSettings
        {
            GroupColumnName = GroupColumnName,
            OrderColumnName = OrderColumnName,
            SequenceColumnNames = OptionCheck.ThatNamesAreGiven(SequenceColumnNames, nameof(SequenceColumnNames)),
            ScalarColumnNames = ScalarColumnNames.Count == 0
                ? []
                : OptionCheck.ThatNamesAreGiven(ScalarColumnNames, nameof(ScalarColumnNames)),
            ChecksOrder = CheckOrder,
            GroupsAreContiguous = GroupsAreContiguous,
            MissingGroups = MissingGroups,
            MissingOrders = MissingOrders,
            AllowsOrderTies = AllowOrderTies,
            TreatWarningsAsErrors = TreatWarningsAsErrors,
            IgnoredWarnings = [.. IgnoredWarnings],
        };
        if (settings.OutputColumnNames().GroupBy(name => name).FirstOrDefault(names => names.Count() > 1) is { } twice)
            throw new ArgumentException($"Column '{twice.Key}' is named twice among the group, the sequences and the scalars.");
        return settings;
    }
}
