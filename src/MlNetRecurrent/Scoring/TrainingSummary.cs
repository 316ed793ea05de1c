using System.Text.Json.Serialization;

namespace MlNetRecurrent;

/// <summary>The settings and the results of a training. They are saved in the model file.</summary>
public sealed class TrainingSummary
{
    [JsonConstructor]
    internal TrainingSummary()
    {
    }

    /// <summary>
    /// The number of epochs that were trained: fewer than <see cref="NumberOfEpochs"/> if training stopped early or was canceled.
    /// </summary>
    [JsonInclude]
    public int Epochs { get; internal init; }

    /// <summary>
    /// The epoch with the smallest loss, starting at 1. The network has the weights of this epoch. 0 if there is no best epoch; the network
    /// then has the last weights.
    /// </summary>
    [JsonInclude]
    public int BestEpoch { get; internal init; }

    /// <summary>The number of sequences that the network was trained on.</summary>
    [JsonInclude]
    public int Sequences { get; internal init; }

    /// <summary>
    /// The mean training loss of the last epoch: the cross-entropy in nats, or for regression the mean squared error, in squared label
    /// units. If the label is a vector of several values, it is the mean squared error of the standardized values.
    /// </summary>
    [JsonInclude]
    public double FinalLoss { get; internal init; }

    /// <summary>
    /// The mean validation loss of the network, in the unit of <see cref="FinalLoss"/>. <see langword="null"/> without validation.
    /// </summary>
    [JsonInclude]
    public double? ValidationLoss { get; internal init; }

    /// <summary>The random seed.</summary>
    [JsonInclude]
    public int Seed { get; internal init; }

    /// <summary>
    /// The number of sequences per batch. This property and the following ones are <see langword="null"/> in models of older versions.
    /// </summary>
    [JsonInclude]
    public int? BatchSize { get; internal init; }

    /// <summary>The maximum learning rate.</summary>
    [JsonInclude]
    public float? LearningRate { get; internal init; }

    /// <summary>The schedule of the learning rate.</summary>
    [JsonInclude]
    public LearningRateSchedule? Schedule { get; internal init; }

    /// <summary>The pooling over the steps of a sequence. <see langword="null"/> for a tagger.</summary>
    [JsonInclude]
    public SequencePooling? Pooling { get; internal init; }

    /// <summary>
    /// The standard deviation of the noise that was added to the weights. For regression, noise that the trainer chose decayed from this
    /// value with the learning rate and the error.
    /// </summary>
    [JsonInclude]
    public float? WeightNoise { get; internal init; }

    /// <summary>The label smoothing factor.</summary>
    [JsonInclude]
    public float? LabelSmoothing { get; internal init; }

    /// <summary>The probability with which each token was replaced by the unknown token. 0 for numeric features.</summary>
    [JsonInclude]
    public float? TokenDropout { get; internal init; }

    /// <summary>
    /// The strength α of the dropout of rare tokens. A token that occurs n times was replaced by the unknown token with the probability α /
    /// (α + n). 0 for numeric features.
    /// </summary>
    [JsonInclude]
    public float? RareTokenDropout { get; internal init; }

    /// <summary>
    /// The fraction of the rows that was held out for validation. 0 without validation or with a separate validation set.
    /// </summary>
    [JsonInclude]
    public double? ValidationFraction { get; internal init; }

    /// <summary>The planned number of epochs.</summary>
    [JsonInclude]
    public int? NumberOfEpochs { get; internal init; }

    /// <summary>The number of epochs without a smaller validation loss after which training stops. 0 without early stopping.</summary>
    [JsonInclude]
    public int? EarlyStoppingPatience { get; internal init; }

    /// <summary>
    /// The figures of each epoch, in order. Empty in models of older versions; if the training was resumed from a checkpoint of an older
    /// version, the epochs before that are missing.
    /// </summary>
    /// <remarks>Each item is a row of a table: draw <c>Epoch</c> against <c>Loss</c> and <c>ValidationLoss</c>.</remarks>
    [JsonInclude]
    public IReadOnlyList<TrainingEpoch> History { get; internal init; } = [];
}
