using MlNetRecurrent.Checks;
using MlNetRecurrent.Sequences;
using MlNetRecurrent.Sequences.Filling;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent;

/// <summary>
/// The options of
/// <see cref="Microsoft.ML.SequenceCatalog.FillMissingValues(Microsoft.ML.TransformsCatalog, FillMissingValuesOptions)"/>. They are
/// checked and copied when the estimator is created.
/// </summary>
public sealed class FillMissingValuesOptions
{
    /// <summary>The name of the output column. Required. Default: empty.</summary>
    public string OutputColumnName { get; set; } = "";

    /// <summary>
    /// The name of the input column, <see cref="float"/> or a vector of it of known size, each slot of which is filled by itself. Missing
    /// values are NaN; infinite values are errors. Default: <see langword="null"/>, which means <see cref="OutputColumnName"/>.
    /// </summary>
    public string? InputColumnName { get; set; }

    /// <summary>The value that replaces a missing one. Default: <see cref="MissingValueFill.Forward"/>.</summary>
    public MissingValueFill Fill { get; set; } = MissingValueFill.Forward;

    /// <summary>
    /// The value before the first known value of a group. Finite. Default: <see langword="null"/>; these values stay NaN.
    /// </summary>
    public float? InitialValue { get; set; }

    /// <summary>
    /// The maximum number of consecutive rows of a group that are filled after a known value; later ones stay NaN until the next known
    /// value. Between 1 and 1048576. Default: <see langword="null"/>; all are filled.
    /// </summary>
    public int? MaximumNumberOfFilledRows { get; set; }

    /// <summary>
    /// The name of a column that is added: 1 where a value was filled, 0 where it was known or stays NaN, in the type of the input column.
    /// Default: <see langword="null"/>; there is no such column.
    /// </summary>
    public string? IndicatorColumnName { get; set; }

    /// <summary>
    /// The name of a scalar column, such as a shop or a device. A value is filled from rows with the same value only.
    /// Default: <see langword="null"/>; all rows are one group.
    /// </summary>
    public string? GroupColumnName { get; set; }

    /// <summary>
    /// The name of the column that orders the rows of a group: a number, a time, or a key whose values are in order. Its values must
    /// increase from row to row; rows are not sorted. <see cref="MissingValueFill.InterpolateByOrder"/> needs it.
    /// Default: <see langword="null"/>; the order is not checked.
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
    /// Whether a warning is thrown as an <see cref="InvalidOperationException"/>, unless its kind is in <see cref="IgnoredWarnings"/>.
    /// Default: <see langword="false"/>; warnings are written to the log of the <see cref="Microsoft.ML.MLContext"/>.
    /// </summary>
    public bool TreatWarningsAsErrors { get; set; }

    /// <summary>The kinds of warnings that are neither logged nor thrown. Default: none.</summary>
    public IReadOnlyList<RecurrentWarning> IgnoredWarnings { get; set; } = [];

    /// <summary>Checks the options and copies them.</summary>
    internal FillSettings ToSettings()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(OutputColumnName);
        OptionCheck.ThatNameIsNotEmpty(InputColumnName);
        OptionCheck.ThatNameIsNotEmpty(IndicatorColumnName);
        OptionCheck.ThatNameIsNotEmpty(GroupColumnName);
        OptionCheck.ThatNameIsNotEmpty(OrderColumnName);
        OptionCheck.That(Enum.IsDefined(Fill), nameof(Fill), Fill, "Forward, InterpolateByRow or InterpolateByOrder");
        OptionCheck.That(
            InitialValue is null || float.IsFinite(InitialValue.Value), nameof(InitialValue), InitialValue, "a finite number, or null");
        OptionCheck.That(
            MaximumNumberOfFilledRows is null or (>= 1 and <= TransformFile.MostSteps),
            nameof(MaximumNumberOfFilledRows), MaximumNumberOfFilledRows, "between 1 and 1048576, or null");
        OptionCheck.That(Enum.IsDefined(MissingGroups), nameof(MissingGroups), MissingGroups, "Throw or Drop");
        OptionCheck.That(Enum.IsDefined(MissingOrders), nameof(MissingOrders), MissingOrders, "Throw or Drop");
        WarningPolicy.ThrowIfUnknown(IgnoredWarnings, nameof(IgnoredWarnings));
        if (Fill == MissingValueFill.InterpolateByOrder && OrderColumnName is null)
        {
            throw new ArgumentException(
                $"{nameof(MissingValueFill.InterpolateByOrder)} needs {nameof(OrderColumnName)}: no column says the order.", nameof(Fill));
        }
        if (IndicatorColumnName == OutputColumnName)
        {
            throw new ArgumentException(
                $"Column '{IndicatorColumnName}' is named twice: as the output and as the indicator.", nameof(IndicatorColumnName));
        }
        OptionCheck.ThatColumnIsKept(OutputColumnName, "output", GroupColumnName, "group column", nameof(OutputColumnName));
        OptionCheck.ThatColumnIsKept(OutputColumnName, "output", OrderColumnName, "order column", nameof(OutputColumnName));
        OptionCheck.ThatColumnIsKept(IndicatorColumnName, "indicator", GroupColumnName, "group column", nameof(IndicatorColumnName));
        OptionCheck.ThatColumnIsKept(IndicatorColumnName, "indicator", OrderColumnName, "order column", nameof(IndicatorColumnName));
        return new()
        {
            OutputColumnName = OutputColumnName,
            InputColumnName = InputColumnName ?? OutputColumnName,
            Fill = Fill,
            InitialValue = InitialValue,
            MaximumNumberOfFilledRows = MaximumNumberOfFilledRows,
            IndicatorColumnName = IndicatorColumnName,
            GroupColumnName = GroupColumnName,
            OrderColumnName = OrderColumnName,
            MissingGroups = MissingGroups,
            MissingOrders = MissingOrders,
            AllowsOrderTies = AllowOrderTies,
            TreatWarningsAsErrors = TreatWarningsAsErrors,
            IgnoredWarnings = [.. IgnoredWarnings],
        };
    }
}
