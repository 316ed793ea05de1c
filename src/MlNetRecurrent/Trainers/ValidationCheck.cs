using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>Checks whether the validation part shows how good the network is on future data.</summary>
internal static class ValidationCheck
{
    /// <summary>
    /// The column of the series by which the rows are counted: that of the option, or the group column of the windows. Null where there is
    /// none, or none is needed.
    /// </summary>
    public static DataViewSchema.Column? SeriesColumn(RecurrentOptions options, DataViewSchema schema)
    {
        if (options is not { ValidationFraction: > 0, ValidateOnLastRows: true })
            return null;
        string? name = options.ValidationGroupColumnName ?? WindowAnnotation.Find(schema)?.GroupColumnName;
        return name is null ? null : schema.GetColumnOrNull(name);
    }

    /// <param name="warnings">The log of the warnings.</param>
    /// <param name="options">The options.</param>
    /// <param name="schema">The columns of the data.</param>
    /// <param name="series">The series of each row, where they were counted.</param>
    /// <param name="split">The choice of the validation part.</param>
    public static void Warn(
        WarningLog warnings, RecurrentOptions options, DataViewSchema schema, IReadOnlyList<int>? series, ValidationSplit split)
    {
        if (options.ValidationFraction == 0)
            return;
        WindowAnnotation? windows = WindowAnnotation.Find(schema);
        if (!options.ValidateOnLastRows && windows is { Overlaps: true })
        {
            warnings.Warn(
                RecurrentWarning.ValidationOnOverlappingWindows, MessageSensitivity.None,
                "The validation part is chosen at random among windows that overlap, so "
                + "that most of its rows are in the training part too and its loss is too small. "
                + $"Set {nameof(RecurrentOptions.ValidateOnLastRows)}.");
        }
        if (series is null || !options.ValidateOnLastRows || options.ValidationGroupColumnName is not null)
            return;
        int all = series.Distinct().Count(), validated = series.Where((_, row) => split.SetsAside(row, [])).Distinct().Count();
        if (2 * validated <= all && all > 1)
        {
            warnings.Warn(
                RecurrentWarning.ValidationOnFewSeries, MessageSensitivity.Schema,
                FormattableString.Invariant($"The last rows, which are the validation part, belong to {validated} of {all} series in ")
                + $"column '{windows?.GroupColumnName}'. Set {nameof(RecurrentOptions.ValidationGroupColumnName)} to that column, "
                + "to set aside the last rows of each, or sort the rows by time.");
        }
    }
}
