using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Scoring;

/// <summary>
/// Warns where an engine reads a static column beside a window with a horizon: its value is that of the row that is fed, with which the
/// window ends. In training it was that of the row to predict.
/// </summary>
internal static class StaticColumnCheck
{
    /// <param name="warnings">The log, if there is one.</param>
    /// <param name="model">The model.</param>
    /// <param name="input">The row that an engine reads.</param>
    public static void Warn(WarningLog? warnings, ScoringModel model, DataViewRow input)
    {
        foreach (IWindowRow window in UpstreamRows.OfType<IWindowRow>(input).Where(window => window.Horizon > 0))
        {
            string[] names =
            [
                .. model.Inputs.All.Where(column => column.IsStatic && column.Name != window.GroupColumnName)
                    .Select(column => $"'{column.Name}'"),
            ];
            if (names.Length == 0)
                continue;
            warnings?.Warn(RecurrentWarning.StaticColumnBesideWindow, MessageSensitivity.Schema, FormattableString.Invariant(
                $"The static columns {string.Join(", ", names)} are read from the row that the engine is given, with which the window ")
                + FormattableString.Invariant($"'{window.ColumnName}' ends. In training they were those of the row {window.Horizon} ")
                + "later. Where a value changes from row to row, score a data view instead.");
            return;
        }
    }
}
