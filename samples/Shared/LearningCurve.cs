using MlNetRecurrent;

namespace Samples.Shared;

/// <summary>What a training told after each of its epochs.</summary>
public sealed class LearningCurve(string name)
{
    private readonly List<double> _losses = [], _validationLosses = [];
    private readonly List<TimeSpan> _ends = [];

    /// <summary>What was trained.</summary>
    public string Name { get; } = name;

    /// <summary>The mean loss of each epoch.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The loss on the validation part after each epoch; empty where there is none.</summary>
    public IReadOnlyList<double> ValidationLosses => _validationLosses;

    /// <summary>The time of the fastest epoch: what else the machine does only makes the others slower.</summary>
    public TimeSpan FastestEpoch => _ends.Zip(_ends.Prepend(TimeSpan.Zero), (end, start) => end - start).Min();

    internal void Add(TrainingProgress epoch)
    {
        _losses.Add(epoch.Loss);
        _ends.Add(epoch.Elapsed);
        if (epoch.ValidationLoss is double loss)
            _validationLosses.Add(loss);
    }
}
