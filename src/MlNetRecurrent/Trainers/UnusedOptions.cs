using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Trainers;

/// <summary>
/// Warns about options that are set and have no effect on the training. Sizes and rates of what a training does not have, such as
/// <see cref="RecurrentOptions.EmbeddingSize"/> without tokens, are left out: options are often shared by several trainings.
/// </summary>
internal static class UnusedOptions
{
    private static readonly RecurrentOptions _defaults = new();

    /// <param name="warnings">The log of the warnings.</param>
    /// <param name="options">The options of the user.</param>
    /// <param name="inputs">The columns that the network reads.</param>
    /// <param name="hasPrevious">Whether the training continues with a previous model.</param>
    public static void Warn(WarningLog warnings, RecurrentOptions options, InputColumns inputs, bool hasPrevious)
    {
        foreach (string message in Find(options, inputs, hasPrevious))
            warnings.Warn(RecurrentWarning.OptionWithoutEffect, MessageSensitivity.None, message);
    }

    private static IEnumerable<string> Find(RecurrentOptions options, InputColumns inputs, bool hasPrevious)
    {
        if (options.ReplaceOutputs && !hasPrevious)
        {
            yield return $"{nameof(options.ReplaceOutputs)} is set, but there is no previous model, so that all weights are new. "
                + "Pass the model: Fit(data, previousModel).";
        }
        if (options.CharacterEncoder != _defaults.CharacterEncoder && inputs.All.All(column => column.Characters == 0))
        {
            yield return $"{nameof(options.CharacterEncoder)} is {options.CharacterEncoder}, but no column holds characters. "
                + "TokenizeWordsIntoCharacters makes such a column.";
        }
        if (!inputs.HasTokens)
        {
            (string Name, bool IsSet)[] ofTokens =
            [
                (nameof(options.TrainableEmbeddings), !options.TrainableEmbeddings),
                (nameof(options.TokenDropout), options.TokenDropout > 0),
                (nameof(options.RareTokenDropout), options.RareTokenDropout > 0),
            ];
            foreach ((string name, _) in ofTokens.Where(option => option.IsSet))
                yield return $"{name} is set, but no column holds keys, so that nothing is embedded.";
        }
        if (options.CheckpointInterval != _defaults.CheckpointInterval && options.CheckpointPath is null)
            yield return $"{nameof(options.CheckpointInterval)} is set, but no {nameof(options.CheckpointPath)}: there is no checkpoint.";
    }
}
