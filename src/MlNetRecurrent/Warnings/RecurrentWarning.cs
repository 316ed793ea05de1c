namespace MlNetRecurrent;

/// <summary>
/// The kinds of warnings that trainers and transforms write to the log of the <see cref="Microsoft.ML.MLContext"/>. The message of a warning ends with the name of its kind. <c>IgnoredWarnings</c> of the options silences
/// kinds, <c>TreatWarningsAsErrors</c> makes all others errors.
/// </summary>
/// <remarks>
/// The switch <c>MlNetRecurrent.TreatWarningsAsErrors</c> of <see cref="AppContext"/> makes the warnings of a whole program errors, those of loaded models and of trainers without options among them:
/// <c>AppContext.SetSwitch("MlNetRecurrent.TreatWarningsAsErrors", true)</c>, or an item <c>RuntimeHostConfigurationOption</c> of the project.
/// </remarks>
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

    /// <summary>At the end of the training the loss is larger than that of a network that predicts the same for every row: the learning rate is too large, or the features are.</summary>
    LossAboveBaseline,

    /// <summary>The keys of a binary label call the second value true, but by their names the first one is, such as <c>yes</c> before <c>no</c>.</summary>
    LabelOrder,
}
