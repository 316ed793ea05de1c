using Microsoft.ML;
using MlNetRecurrent;

namespace Samples.Shared;

/// <summary>The losses of a training, epoch by epoch.</summary>
/// <param name="Name">What was trained.</param>
/// <param name="History">The epochs, as the network keeps them.</param>
public sealed record LearningCurve(string Name, IReadOnlyList<TrainingEpoch> History)
{
    /// <summary>The mean loss of each epoch.</summary>
    public IReadOnlyList<double> Losses => [.. History.Select(epoch => epoch.Loss)];

    /// <summary>The loss on the validation part after each epoch; empty where there is none.</summary>
    public IReadOnlyList<double> ValidationLosses => [.. History.Select(epoch => epoch.ValidationLoss).OfType<double>()];

    /// <summary>The time of the fastest epoch: what else the machine does only makes the others slower.</summary>
    public TimeSpan FastestEpoch => TimeSpan.FromSeconds(History.Min(epoch => epoch.Seconds) ?? 0);

    /// <summary>The losses of the network of a model.</summary>
    public static LearningCurve Of(string name, ITransformer model) => new(name, model.GetRecurrent().Training.History);
}
