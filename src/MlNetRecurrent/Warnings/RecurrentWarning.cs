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

    /// <summary>
    /// The features tell the label in all of the first rows, so that the network learns to copy it, where that may be meant: see <see cref="RecurrentOptions.AllowLabelInFeatures"/>, which also says when it is an error.
    /// </summary>
    LabelInFeatures,

    /// <summary>
    /// A plain vector is read as steps of one feature, but its slots are something else: columns of a table, counts of words, one-hot columns, or sequences that <c>Concatenate</c> has put end to end.
    /// <see cref="RecurrentOptions.NumberOfFeatures"/> says what a step is.
    /// </summary>
    FlatFeatures,
}
