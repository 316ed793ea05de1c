using Microsoft.ML;
using MlNetRecurrent;

namespace Samples.Shared;

/// <summary>The losses of a training, epoch by epoch.</summary>
public sealed class LearningCurve(string name)
{
    private readonly List<double> _losses = [], _validationLosses = [], _seconds = [];

    /// <summary>What was trained.</summary>
    public string Name { get; } = name;

    /// <summary>The mean loss of each epoch.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The loss on the validation part after each epoch; empty where there is none.</summary>
    public IReadOnlyList<double> ValidationLosses => _validationLosses;

    /// <summary>The time of the fastest epoch: what else the machine does only makes the others slower.</summary>
    public TimeSpan FastestEpoch => TimeSpan.FromSeconds(_seconds.Min());

    /// <summary>The history that the network of a model keeps of its training.</summary>
    public static LearningCurve Of(string name, ITransformer model)
    {
        var curve = new LearningCurve(name);
        foreach (TrainingEpoch epoch in NetworkOf(model).Training.History)
            curve.Add(epoch.Loss, epoch.ValidationLoss, epoch.Seconds ?? double.NaN);
        return curve;
    }

    /// <summary>The network among the transformers of a model.</summary>
    public static RecurrentTransformer NetworkOf(ITransformer model) =>
        ((IEnumerable<ITransformer>)model).OfType<RecurrentTransformer>().Single();

    internal void Add(double loss, double? validationLoss, double seconds)
    {
        _losses.Add(loss);
        _seconds.Add(seconds);
        if (validationLoss is double value)
            _validationLosses.Add(value);
    }
}
