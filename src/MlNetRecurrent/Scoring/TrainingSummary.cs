using System.Text.Json.Serialization;

namespace MlNetRecurrent;

/// <summary>How a network was trained. It is kept in the model file.</summary>
public sealed class TrainingSummary
{
    [JsonConstructor]
    internal TrainingSummary()
    {
    }

    /// <summary>The epochs that were trained, fewer than wanted where the training stopped early or was cancelled.</summary>
    [JsonInclude]
    public int Epochs { get; internal init; }

    /// <summary>
    /// The epoch whose weights the network has, from 1: the one with the smallest loss where that was watched; 0 where the weights are the
    /// last ones.
    /// </summary>
    [JsonInclude]
    public int BestEpoch { get; internal init; }

    /// <summary>The sequences that it learned from.</summary>
    [JsonInclude]
    public int Sequences { get; internal init; }

    /// <summary>
    /// The mean training loss of the last epoch: cross-entropy, in nats; of a regression the squared error, in the squared unit of the
    /// labels.
    /// </summary>
    [JsonInclude]
    public double FinalLoss { get; internal init; }

    /// <summary>
    /// The mean loss of the network on the validation part, in the unit of <see cref="FinalLoss"/>; <see langword="null"/> where there was
    /// none.
    /// </summary>
    [JsonInclude]
    public double? ValidationLoss { get; internal init; }

    /// <summary>The seed of all that was random.</summary>
    [JsonInclude]
    public int Seed { get; internal init; }

    /// <summary>
    /// The number of sequences in a batch; <see langword="null"/> in models of versions that did not keep it, as is all that follows.
    /// </summary>
    [JsonInclude]
    public int? BatchSize { get; internal init; }

    /// <summary>The largest learning rate.</summary>
    [JsonInclude]
    public float? LearningRate { get; internal init; }

    /// <summary>How the learning rate changed in the course of the training.</summary>
    [JsonInclude]
    public LearningRateSchedule? Schedule { get; internal init; }

    /// <summary>How a sequence becomes one vector; <see langword="null"/> for a tagger.</summary>
    [JsonInclude]
    public SequencePooling? Pooling { get; internal init; }

    /// <summary>The standard deviation of the noise that was added to the weights.</summary>
    [JsonInclude]
    public float? WeightNoise { get; internal init; }

    /// <summary>The part of the certainty of each label that was shared out among all classes.</summary>
    [JsonInclude]
    public float? LabelSmoothing { get; internal init; }

    /// <summary>The part of the tokens that were replaced by the unknown one; 0 where steps hold numbers.</summary>
    [JsonInclude]
    public float? TokenDropout { get; internal init; }

    /// <summary>
    /// α: a token that occurs n times was replaced by the unknown one with probability α / (α + n); 0 where steps hold numbers.
    /// </summary>
    [JsonInclude]
    public float? RareTokenDropout { get; internal init; }

    /// <summary>The part of the rows that was set aside for validation; 0 where there was none, or another view validated.</summary>
    [JsonInclude]
    public double? ValidationFraction { get; internal init; }

    /// <summary>The epochs that were wanted; <see cref="Epochs"/> were trained.</summary>
    [JsonInclude]
    public int? NumberOfEpochs { get; internal init; }

    /// <summary>
    /// The number of epochs without a smaller loss of the validation part after which the training was to stop; 0 where it was not to stop
    /// early.
    /// </summary>
    [JsonInclude]
    public int? EarlyStoppingPatience { get; internal init; }
}
