using MlNetRecurrent.Leaks;
using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>Reports that the features reveal the label: as an error, or as a warning where it may be intended.</summary>
internal static class LeakReport
{
    /// <summary>The check for leaks while the data is read; null where leaks are allowed.</summary>
    public static LabelWatch? WatchFor(
        RecurrentOptions options, IDataView data, InputColumns inputs, LabelColumns labels, WarningLog warnings)
    {
        if (options.AllowLabelInFeatures)
            return null;
        // The characters of words are many, and none of them is a label.
        return new(
        [
            .. from place in labels.Places
               let label = place.Column
               let source = new LabelSource(label.Task, label.Slots, place.First, labels.Size, NamesOf(data, label.Column))
               from input in inputs.All.Index()
               let column = input.Item
               where column.Characters == 0
               select new FieldLeakWatch(input.Index, data.Schema[column.Name], column, source, (slot, leak) =>
               {
                   string what = label.Slots is { } slots ? $"In {slots.Describe(slot)}, label" : "Label";
                   Report($"{what} column '{label.Column.Name}'", leak, column.Name, label.Task, warnings);
               }),
        ]);
    }

    /// <summary>The name of a column, and those of the columns that it is made of, one of each.</summary>
    private static HashSet<string> NamesOf(IDataView data, DataViewSchema.Column column)
    {
        HashSet<string> names = [column.Name];
        while (ColumnOrigin.Of(data, column) is { Columns: [var only] } origin)
        {
            names.Add(only.Name);
            (data, column) = (origin.Source, only);
        }
        return names;
    }

    /// <exception cref="InvalidOperationException">The label is certainly among the features.</exception>
    private static void Report(string label, Leak leak, string column, RecurrentTask task, WarningLog warnings)
    {
        const string leaveOut = "Leave it out of the features, or give SlidingWindow a horizon of at least 1. ";
        string steps = task.EveryStep ? "steps" : "rows";
        string message =
            $"{label} {leak.Relation} {leak.Slots} in column '{column}' " +
            FormattableString.Invariant($"in all of the first {leak.Rows} {steps}, so that the network learns to copy it. ") +
            (leak.IsEarlier ? "See that each label is that of its row, rather than of one before it. " : leaveOut) +
            $"If it is known wherever the model is used, set {nameof(RecurrentOptions)}.{nameof(RecurrentOptions.AllowLabelInFeatures)}.";
        if (leak.IsCertain)
            throw new InvalidOperationException(message);
        warnings.Warn(RecurrentWarning.LabelInFeatures, MessageSensitivity.Schema, message);
    }
}
