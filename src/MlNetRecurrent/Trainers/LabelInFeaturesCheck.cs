using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Sequences.Windows;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>Looks whether a window ends with the row to be predicted and holds a number of the label's name, which the network would learn to copy.</summary>
internal static class LabelInFeaturesCheck
{
    public static void Warn(WarningLog warnings, DataViewSchema.Column features, DataViewSchema.Column label)
    {
        if (!features.HasSlotNames())
            return;
        VBuffer<ReadOnlyMemory<char>> names = default;
        features.GetSlotNames(ref names);
        string leak = WindowSchema.SlotName(label.Name, lag: 0);
        if (names.Items().Any(name => name.Value.Span.SequenceEqual(leak)))
            warnings.Warn(RecurrentWarning.LabelInFeatures, MessageSensitivity.Schema, $"Column '{features.Name}' holds '{leak}', which is the label itself: give SlidingWindow a horizon of at least 1, or leave '{label.Name}' out of its input columns.");
    }
}
