using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>The options of <see cref="Microsoft.ML.SequenceCatalog.GroupIntoSequences(Microsoft.ML.TransformsCatalog, GroupIntoSequencesOptions)"/>. They are copied and checked when the transform is made.</summary>
public sealed class GroupIntoSequencesOptions
{
    /// <summary>The scalar column with the group of a row. Must be set. Default: empty.</summary>
    public string GroupColumnName { get; set; } = "";

    /// <summary>The column (a number, a key or a time) that orders the rows of a group. Default: <see langword="null"/>, the order of the data.</summary>
    public string? OrderColumnName { get; set; }

    /// <summary>The columns that become sequences. At least one. Default: none.</summary>
    public IReadOnlyList<string> SequenceColumnNames { get; set; } = [];

    /// <summary>The columns of which each group keeps the value of its last row, such as a label. Default: none.</summary>
    public IReadOnlyList<string> ScalarColumnNames { get; set; } = [];

    /// <summary>Whether rows of a group that are out of order are an error; otherwise they are sorted. Default: <see langword="false"/>.</summary>
    public bool CheckOrder { get; set; }

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

    /// <summary>Whether the rows of a group follow one another, so that memory holds two groups at a time. Other data is an error then. Default: <see langword="false"/>.</summary>
    public bool GroupsAreContiguous { get; set; }

    /// <summary>Whether a warning is an <see cref="InvalidOperationException"/>, unless <see cref="IgnoredWarnings"/> has its kind. Default: <see langword="false"/>, warnings are written to the log of the <see cref="Microsoft.ML.MLContext"/>.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The kinds of warnings that are not written to the log, nor errors. Default: none.</summary>
    public IReadOnlyList<RecurrentWarning> IgnoredWarnings { get; set; } = [];

    /// <summary>Checks the options and copies them.</summary>
    internal GroupingSettings ToSettings()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(GroupColumnName);
        if (OrderColumnName is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(OrderColumnName);
        if (CheckOrder && OrderColumnName is null)
            throw new ArgumentException($"{nameof(CheckOrder)} needs {nameof(OrderColumnName)}: no column says the order.", nameof(CheckOrder));
        OptionCheck.That(Enum.IsDefined(MissingGroups), nameof(MissingGroups), MissingGroups, "Throw or Drop");
        OptionCheck.That(Enum.IsDefined(MissingOrders), nameof(MissingOrders), MissingOrders, "Throw or Drop");
        WarningPolicy.ThrowIfUnknown(IgnoredWarnings, nameof(IgnoredWarnings));
        ArgumentNullException.ThrowIfNull(ScalarColumnNames);
        var settings = new GroupingSettings
        {
            GroupColumnName = GroupColumnName,
            OrderColumnName = OrderColumnName,
            SequenceColumnNames = OptionCheck.ThatNamesAreGiven(SequenceColumnNames, nameof(SequenceColumnNames)),
            ScalarColumnNames = ScalarColumnNames.Count == 0 ? [] : OptionCheck.ThatNamesAreGiven(ScalarColumnNames, nameof(ScalarColumnNames)),
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
