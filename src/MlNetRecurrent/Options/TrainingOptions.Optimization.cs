namespace MlNetRecurrent;

/// <content>Optimization: batches, epochs, learning rate and gradients.</content>
public abstract partial class TrainingOptions
{
    // Null if the option is not set: the trainer chooses it.
    private int? _batchSize, _numberOfEpochs;
    private float? _learningRate;

    /// <summary>
    /// The number of sequences per batch. Between 1 and 1048576. Default: 0, which means not set; the trainer then chooses a value.
    /// </summary>
    /// <remarks>
    /// The trainer chooses 32, or 64 for 20,000 training sequences and more, or 128 for 100,000 and more. If the training is
    /// <see cref="RecurrentOptions">fully specified</see>, it always chooses 32.
    /// </remarks>
    public int BatchSize { get => _batchSize.GetValueOrDefault(); set => _batchSize = value; }

    /// <summary>
    /// The number of passes over the training data. At least 1. Default: 0, which means not set; the trainer then chooses a value.
    /// </summary>
    /// <remarks>
    /// The trainer chooses at least 20 epochs and 1500 weight updates. If these would take more than a few dozen seconds on two cores, it
    /// chooses fewer, but at least 3 epochs and 400 updates. The time limit rises for large data. If tokens are rare (each occurs fewer
    /// than 20 times on average), it chooses at least 8 epochs and 200 updates, or for a tagger at least 12 epochs and 300 updates. For
    /// overlapping windows without validation, it chooses at least 20 epochs and 400 updates.
    /// </remarks>
    public int NumberOfEpochs { get => _numberOfEpochs.GetValueOrDefault(); set => _numberOfEpochs = value; }

    /// <summary>
    /// The maximum learning rate of the <see cref="Schedule"/>. Above 0. Default: 0, which means not set; the trainer then chooses a value.
    /// </summary>
    /// <remarks>
    /// For one layer of up to 64 units, the trainer chooses 0.01 with Adam and AdamW (0.02 for regression), 0.003 with RMSProp and 0.1 with
    /// SGD. It divides the rate by 3 if a layer is an <see cref="ElmanLayer"/>, and by 10 to continue a previous model. More or wider
    /// layers lower it.
    /// </remarks>
    public float LearningRate { get => _learningRate.GetValueOrDefault(); set => _learningRate = value; }

    /// <summary>The optimizer. Default: <see cref="RecurrentOptimizer.Adam"/>.</summary>
    public RecurrentOptimizer Optimizer { get; set; } = RecurrentOptimizer.Adam;

    /// <summary>The learning rate schedule. Default: <see cref="LearningRateSchedule.Automatic"/>.</summary>
    public LearningRateSchedule Schedule { get; set; } = LearningRateSchedule.Automatic;

    /// <summary>The weight decay. Between 0 and 1. Default: 0.</summary>
    /// <remarks>
    /// <see cref="RecurrentOptimizer.AdamW"/> subtracts weight decay · learning rate · weight from each weight at each update. The other
    /// optimizers add weight decay · weight to the gradient.
    /// </remarks>
    public float WeightDecay { get; set; }

    /// <summary>
    /// The momentum of <see cref="RecurrentOptimizer.Sgd"/>: the part of the previous update that is added to the next (Polyak, 1964). Not
    /// used by the other optimizers. At least 0 and below 1. Default: 0.9.
    /// </summary>
    public float Momentum { get; set; } = 0.9f;

    /// <summary>
    /// The maximum norm of the gradient of a batch. A gradient with a larger norm is scaled down to it (Pascanu, Mikolov and Bengio, 2013).
    /// At least 0; 0 means no limit. Default: 1.
    /// </summary>
    public float GradientClipNorm { get; set; } = 1;

    internal bool HasBatchSize => _batchSize is not null;

    internal bool HasNumberOfEpochs => _numberOfEpochs is not null;

    internal bool HasLearningRate => _learningRate is not null;
}
