using System.Text.Json.Serialization;

namespace MlNetRecurrent;

/// <summary>How a network was trained. It is kept in the model file.</summary>
public sealed class TrainingSummary
{
    [JsonConstructor]
    internal TrainingSummary()
    {
    }

    /// <summary>The number of epochs of the training: less than what was set where the training stopped early or was cancelled.</summary>
    [JsonInclude]
    public int Epochs { get; internal init; }

    /// <summary>
    /// The epoch, from 1, whose weights the network has: the one with the smallest loss. 0 where no loss was monitored and the weights are
    /// those of the last epoch.
    /// </summary>
    [JsonInclude]
    public int BestEpoch { get; internal init; }

    /// <summary>The number of sequences in the training data.</summary>
    [JsonInclude]
    public int Sequences { get; internal init; }

    /// <summary>
    /// The mean training loss of the last epoch: the cross-entropy in nats, or for regression the squared error in the square of the unit
    /// of the labels.
    /// </summary>
    [JsonInclude]
    public double FinalLoss { get; internal init; }

    /// <summary>
    /// The mean validation loss of the network, in the unit of <see cref="FinalLoss"/>; <see langword="null"/> without validation.
    /// </summary>
    [JsonInclude]
    public double? ValidationLoss { get; internal init; }

    /// <summary>The seed of all random numbers.</summary>
    [JsonInclude]
    public int Seed { get; internal init; }

    /// <summary>
    /// The number of sequences in a batch. <see langword="null"/> in models of older versions, as are the properties that follow.
    /// </summary>
    [JsonInclude]
    public int? BatchSize { get; internal init; }

    /// <summary>The largest learning rate.</summary>
    [JsonInclude]
    public float? LearningRate { get; internal init; }

    /// <summary>How the learning rate changed during the training.</summary>
    [JsonInclude]
    public LearningRateSchedule? Schedule { get; internal init; }

    /// <summary>How the steps of a sequence became one vector; <see langword="null"/> for a tagger.</summary>
    [JsonInclude]
    public SequencePooling? Pooling { get; internal init; }

    /// <summary>The standard deviation of the noise that was added to the weights.</summary>
    [JsonInclude]
    public float? WeightNoise { get; internal init; }

    /// <summary>Label smoothing: the part of each label's probability that all classes shared.</summary>
    [JsonInclude]
    public float? LabelSmoothing { get; internal init; }

    /// <summary>The part of the tokens that was replaced by the unknown one; 0 where steps hold numbers.</summary>
    [JsonInclude]
    public float? TokenDropout { get; internal init; }

    /// <summary>
    /// α: a token that occurs n times was replaced by the unknown one with probability α / (α + n); 0 where steps hold numbers.
    /// </summary>
    [JsonInclude]
    public float? RareTokenDropout { get; internal init; }

    /// <summary>The part of the rows that was set aside for validation; 0 where there was none, or a view of its own.</summary>
    [JsonInclude]
    public double? ValidationFraction { get; internal init; }

    /// <summary>The number of epochs that was set; <see cref="Epochs"/> were trained.</summary>
    [JsonInclude]
    public int? NumberOfEpochs { get; internal init; }

    /// <summary>
    /// The number of epochs without a smaller validation loss after which the training was to stop early; 0 for no early stopping.
    /// </summary>
    [JsonInclude]
    public int? EarlyStoppingPatience { get; internal init; }
}
