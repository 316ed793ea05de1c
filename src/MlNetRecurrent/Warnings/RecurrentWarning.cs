namespace MlNetRecurrent;

/// <summary>
/// The kinds of warnings that trainers and transforms write to the log of the <see cref="Microsoft.ML.MLContext"/>. The message of a warning ends with the name of its kind. <c>IgnoredWarnings</c> of the options silences
/// kinds, <c>TreatWarningsAsErrors</c> makes all others errors.
/// </summary>
public enum RecurrentWarning
{
    /// <summary>Rows without a label are left out of the training.</summary>
    MissingLabels,

    /// <summary>The checkpoint cannot be written at the moment; the training continues without it.</summary>
    CheckpointNotWritten,

    /// <summary>The training was cancelled, and what it has learnt so far is returned.</summary>
    TrainingCancelled,

    /// <summary>A window holds the label itself, which the network learns to copy.</summary>
    LabelInFeatures,

    /// <summary>The order column of a transform holds keys of texts that are neither numbers nor times, so that nobody can tell whether the
    /// keys are in order.</summary>
    TextKeysAsOrder,
}
