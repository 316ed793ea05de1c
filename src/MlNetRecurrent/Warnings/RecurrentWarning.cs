namespace MlNetRecurrent;

/// <summary>
/// The kinds of warnings that trainers and transforms write to the log of the <see cref="Microsoft.ML.MLContext"/>. Each warning message
/// ends with the name of its kind.
/// </summary>
/// <remarks>
/// <para>
/// In the options of a component, <c>IgnoredWarnings</c> suppresses kinds of warnings, and <c>TreatWarningsAsErrors</c> turns all others
/// into errors.
/// </para>
/// <para>
/// The <see cref="AppContext"/> switch <c>MlNetRecurrent.TreatWarningsAsErrors</c> turns the warnings of a whole program into errors,
/// including those of loaded models and of trainers without options. Set it with
/// <c>AppContext.SetSwitch("MlNetRecurrent.TreatWarningsAsErrors", true)</c>, or with a <c>RuntimeHostConfigurationOption</c> item in the
/// project file.
/// </para>
/// </remarks>
public enum RecurrentWarning
{
    /// <summary>Rows with a missing label are left out of the training.</summary>
    MissingLabels,

    /// <summary>The checkpoint cannot be written at the moment. The training continues without it.</summary>
    CheckpointNotWritten,

    /// <summary>The training was canceled, and the model trained so far is returned.</summary>
    TrainingCancelled,

    /// <summary>
    /// In all of the first thousand rows, or up to ten thousand if these are not conclusive, the label can be determined from the features,
    /// so the network would learn to copy it. This may be intended. <see cref="RecurrentOptions.AllowLabelInFeatures"/> describes when it
    /// is an error instead. If the label is a vector, each of its first 64 slots is compared.
    /// </summary>
    LabelInFeatures,

    /// <summary>
    /// The loss at the end of the training is larger than that of a network with constant predictions. The learning rate or the features
    /// are too large.
    /// </summary>
    LossAboveBaseline,

    /// <summary>
    /// The second value of a binary label is true, but by their names the first value should be, as with <c>yes</c> before <c>no</c>.
    /// </summary>
    LabelOrder,

    /// <summary>
    /// The keys in the order column of a transform are texts that are neither numbers nor times, so their order cannot be checked.
    /// </summary>
    TextKeysAsOrder,

    /// <summary>Series with fewer rows than a window needs are left out.</summary>
    SeriesWithoutWindow,

    /// <summary>The stride of windows leaves out rows in scoring, not only in training.</summary>
    StrideInScoring,

    /// <summary>
    /// Rows were split or shuffled at random before windows, groups or intervals were created or missing values were filled, so rows in
    /// between are missing or out of order.
    /// </summary>
    RowsNotConsecutive,

    /// <summary>The validation rows are chosen at random from overlapping windows, so the validation loss is too small.</summary>
    ValidationOnOverlappingWindows,

    /// <summary>The validation part, the last rows of the data, contains only a few of the series.</summary>
    ValidationOnFewSeries,

    /// <summary>The predictions of a model hide those of another model in the same data view.</summary>
    PredictionsHidden,

    /// <summary>
    /// A plain vector is read as steps with one feature, but its slots are something else: columns of a table, word counts, one-hot
    /// columns, or sequences concatenated by <c>Concatenate</c>. Set <see cref="RecurrentOptions.NumberOfFeatures"/> to define a step.
    /// </summary>
    FlatFeatures,

    /// <summary>All labels of a regression are equal, or all labels of a slot, so there is nothing to learn.</summary>
    ConstantLabels,

    /// <summary>
    /// A <c>PredictionEngine</c> reads a static column beside a window with a horizon. In training, the value was that of the row to
    /// predict; the engine reads that of the last row of the window.
    /// </summary>
    StaticColumnBesideWindow,

    /// <summary>
    /// A group has no value in the column that <c>NormalizeByGroup</c> normalizes, so that it is scaled by the statistics of all rows.
    /// </summary>
    GroupWithoutValues,

    /// <summary>
    /// An option is set that has no effect on this training, such as <see cref="RecurrentOptions.ReplaceOutputs"/> without a previous
    /// model or <see cref="RecurrentOptions.CharacterEncoder"/> without a column of characters.
    /// </summary>
    OptionWithoutEffect,

    /// <summary>The times of a series to forecast have gaps: steps of different length are read as equal.</summary>
    SeriesGaps,
}
