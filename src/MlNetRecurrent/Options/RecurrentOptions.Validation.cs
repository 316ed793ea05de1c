namespace MlNetRecurrent;

/// <content>Validation during training, and early stopping.</content>
public sealed partial class RecurrentOptions
{
    // Null if the option is not set: the trainer chooses it.
    private double? _validationFraction;
    private int? _earlyStoppingPatience;

    /// <summary>
    /// The fraction of the rows that is held out for validation. At least 0 and below 1.
    /// Default: 0. Unless the option is set, the trainer chooses a value; set 0 to turn it off.
    /// </summary>
    /// <remarks>
    /// <para>
    /// Neither the network nor the scales of features and labels are learned from the held-out rows. After each epoch, their loss and
    /// metrics are reported. Example weights apply to the loss only. The result is the network of the epoch with the smallest validation
    /// loss.
    /// </para>
    /// <para>
    /// The rows are drawn at random with <see cref="TrainingOptions.Seed"/>, unless <see cref="ValidateOnLastRows"/> is set. If each
    /// sequence has one
    /// class, the same fraction of each class is drawn. For overlapping windows, set <see cref="ValidateOnLastRows"/>: randomly drawn
    /// windows share most of their rows with the training part.
    /// </para>
    /// <para>
    /// For classification, the trainer chooses 0.1 for 300 rows and more. If rows are texts of rare words that are labeled as a whole, it
    /// chooses 0.1 for 2000 rows and more. For regression, it chooses 0.2 for 100 rows and more, and 0.1 for 1000 and more. It chooses 0
    /// for fewer rows, for overlapping windows, and in a <see cref="RecurrentOptions">fully specified</see> training.
    /// </para>
    /// <para>
    /// With <see cref="EarlyStoppingPatience"/> above 0 and no separate validation set, the trainer always holds out rows: 0.2 for a
    /// regression with fewer than 1000 rows unless the training is fully specified, otherwise 0.1. <see cref="ValidateOnLastRows"/> does
    /// the same, but gives 0 in a fully specified training.
    /// </para>
    /// </remarks>
    public double ValidationFraction { get => _validationFraction.GetValueOrDefault(); set => _validationFraction = value; }

    /// <summary>
    /// Whether the last rows are held out for validation instead of random rows. Set it for data in the order of time.
    /// Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>
    /// If <see cref="ValidationFraction"/> is not set, the trainer chooses 0.2 for a regression with fewer than 1000 rows and otherwise
    /// 0.1, also for few rows and for overlapping windows. In a <see cref="RecurrentOptions">fully specified</see> training without
    /// <see cref="EarlyStoppingPatience"/>, it chooses 0.
    /// </remarks>
    public bool ValidateOnLastRows { get; set; }

    /// <summary>
    /// The name of a scalar column that identifies series, such as an entity. The last rows of each series are held out for validation.
    /// This option requires <see cref="ValidateOnLastRows"/>. Default: <see langword="null"/>; the last rows of the data are held out.
    /// </summary>
    public string? ValidationGroupColumnName { get; set; }

    /// <summary>
    /// The number of consecutive epochs without a smaller validation loss after which training stops. At least 0; 0 trains all epochs.
    /// Default: 0. Unless the option is set, the trainer chooses a value; set 0 to turn it off.
    /// </summary>
    /// <remarks>
    /// Early stopping requires validation: <see cref="ValidationFraction"/> must be above 0 or chosen by the trainer. If the trainer
    /// chooses the <see cref="TrainingOptions.Schedule"/>, epochs of the warm-up (the first 30 percent) do not count. The trainer chooses
    /// half of the
    /// epochs if it also chooses <see cref="TrainingOptions.NumberOfEpochs"/> and <see cref="ValidationFraction"/>, and 0 otherwise.
    /// </remarks>
    public int EarlyStoppingPatience { get => _earlyStoppingPatience.GetValueOrDefault(); set => _earlyStoppingPatience = value; }

    internal bool HasValidationFraction => _validationFraction is not null;

    internal bool HasEarlyStoppingPatience => _earlyStoppingPatience is not null;
}
