using MlNetRecurrent.Tasks;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>Warns where a plain vector is not a sequence of one feature.</summary>
internal static class FlatFeaturesCheck
{
    /// <summary>A tagger has a label for each slot, which says that slots are steps.</summary>
    public static void Warn(WarningLog warnings, IDataView data, RecurrentOptions options, RecurrentTask task)
    {
        if (task.EveryStep)
            return;
        foreach (string name in options.FeatureColumnNames)
        {
            int said = name == options.FeatureColumnName ? options.NumberOfFeatures : 0;
            if (FlatFeatures.Explain(data, data.Schema[name], said) is { } explanation)
                warnings.Warn(RecurrentWarning.FlatFeatures, MessageSensitivity.Schema, explanation);
        }
    }
}
