using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace MlNetRecurrent;

/// <summary>The figures of one epoch of a training, as <see cref="TrainingSummary.History"/> keeps them.</summary>
public sealed record TrainingEpoch
{
    [JsonConstructor]
    internal TrainingEpoch()
    {
    }

    /// <summary>The number of the epoch, starting at 1.</summary>
    [JsonInclude]
    public int Epoch { get; internal init; }

    /// <summary>The mean training loss, in the unit of <see cref="TrainingSummary.FinalLoss"/>.</summary>
    [JsonInclude]
    public double Loss { get; internal init; }

    /// <summary>The mean validation loss, in the same unit. <see langword="null"/> without validation.</summary>
    [JsonInclude]
    public double? ValidationLoss { get; internal init; }

    /// <summary>
    /// The validation metrics, by the names of ML.NET's metrics, the most important metric first. <see langword="null"/> where a metric is
    /// undefined. Empty without validation.
    /// </summary>
    [JsonInclude]
    public IReadOnlyList<KeyValuePair<string, double?>> ValidationMetrics { get; internal init; } = [];

    /// <summary>The learning rate of the last batch.</summary>
    [JsonInclude]
    public double LearningRate { get; internal init; }

    /// <summary>The mean norm of the gradient, before clipping.</summary>
    [JsonInclude]
    public double GradientNorm { get; internal init; }

    /// <summary>
    /// The seconds that the epoch and its validation took. <see langword="null"/> in a model that was loaded: files do not keep it, so that
    /// the same training gives the same file.
    /// </summary>
    [JsonIgnore]
    public double? Seconds { get; internal init; }

    /// <summary>Returns one line about the epoch.</summary>
    /// <returns>The number of the epoch, the losses, the metrics, the learning rate, the gradient norm and the time.</returns>
    public override string ToString()
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"epoch {Epoch}, loss {Loss:G4}");
        if (ValidationLoss is { } validation)
            line.Append(CultureInfo.InvariantCulture, $", validation loss {validation:G4}");
        foreach ((string name, double? value) in ValidationMetrics)
            line.Append(CultureInfo.InvariantCulture, $", {name} {value ?? double.NaN:G4}");
        line.Append(CultureInfo.InvariantCulture, $", learning rate {LearningRate:G3}, gradient norm {GradientNorm:G4}");
        if (Seconds is { } seconds)
            line.Append(CultureInfo.InvariantCulture, $", {seconds:G3} s");
        return line.ToString();
    }
}
