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

    /// <summary>The training was cancelled, and what it has learned so far is returned.</summary>
    TrainingCancelled,

    /// <summary>
    /// The features tell the label in all of the first rows, so that the network learns to copy it, where that may be meant: see <see cref="RecurrentOptions.AllowLabelInFeatures"/>, which also says when it is an error.
    /// </summary>
    LabelInFeatures,

    /// <summary>At the end of the training the loss is larger than that of a network that predicts the same for every row: the learning rate is too large, or the features are.</summary>
    LossAboveBaseline,

    /// <summary>The keys of a binary label call the second value true, but by their names the first one is, such as <c>yes</c> before <c>no</c>.</summary>
    LabelOrder,

    /// <summary>The order column of a transform holds keys of texts that are neither numbers nor times, so that nobody can tell whether the
    /// keys are in order.</summary>
    TextKeysAsOrder,

    /// <summary>Series have fewer rows than a window needs, and are left out.</summary>
    SeriesWithoutWindow,

    /// <summary>The stride of windows leaves out rows that are scored, not trained on.</summary>
    StrideInScoring,

    /// <summary>
    /// Rows were split or shuffled at random before windows or groups were made of them, so that rows are missing in their midst or out of
    /// order.
    /// </summary>
    RowsNotConsecutive,

    /// <summary>The validation part is chosen at random among windows that overlap, so that its loss is too small.</summary>
    ValidationOnOverlappingWindows,

    /// <summary>The last rows of the data, which are the validation part, belong to few of the series.</summary>
    ValidationOnFewSeries,

    /// <summary>The predictions of a model hide those of another one in the same view.</summary>
    PredictionsHidden,

    /// <summary>
    /// A plain vector is read as steps of one feature, but its slots are something else: columns of a table, counts of words, one-hot columns, or sequences that <c>Concatenate</c> has put end to end.
    /// <see cref="RecurrentOptions.NumberOfFeatures"/> says what a step is.
    /// </summary>
    FlatFeatures,

    /// <summary>All labels of a regression are the same, so that there is nothing to learn.</summary>
    ConstantLabels,
}
