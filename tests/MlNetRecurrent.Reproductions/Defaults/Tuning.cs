namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>
/// The search of a user who tries a few settings on a part of the training data and takes the best: three rates, three poolings and the
/// number of epochs.
/// </summary>
internal static class Tuning
{
    private static readonly float[] _rates = [1e-3f, 3e-3f, 1e-2f];

    private static readonly SequencePooling[] _poolings = [SequencePooling.Last, SequencePooling.Mean, SequencePooling.Max];

    /// <summary>Chooses on a quarter of the training rows.</summary>
    /// <param name="set">The set.</param>
    /// <param name="training">Its split, of which the test rows are not read.</param>
    /// <param name="layers">The network.</param>
    /// <param name="epochs">The most epochs.</param>
    /// <param name="tried">Called after each setting.</param>
    public static Setting Choose(SuiteSet set, SuiteSplit training, RecurrentLayer[] layers, int epochs, Action tried)
    {
        var contest = new Contest(set, training.ForValidation(1, set.IsInOrderOfTime));
        List<(Setting Setting, double Score)> results = [];
        foreach (SequencePooling pooling in set.Task == SuiteTask.Tagging ? [SequencePooling.Last] : _poolings)
        {
            foreach (float rate in _rates)
            {
                var setting = new Setting(pooling, rate, epochs);
                Outcome outcome = contest.Score(setting.Options(layers, seed: 1), validates: true);
                results.Add((setting with { Epochs = outcome.Training!.BestEpoch }, outcome.Score));
                tried();
            }
        }
        return (set.MoreIsBetter ? results.MaxBy(result => result.Score) : results.MinBy(result => result.Score)).Setting;
    }

    /// <summary>The number of settings that are tried.</summary>
    public static int CountFor(SuiteSet set) => _rates.Length * (set.Task == SuiteTask.Tagging ? 1 : _poolings.Length);
}

/// <summary>A setting of the tuning.</summary>
internal sealed record Setting(SequencePooling Pooling, float LearningRate, int Epochs)
{
    public RecurrentOptions Options(RecurrentLayer[] layers, int seed) => new()
    {
        Layers = layers,
        Pooling = Pooling,
        LearningRate = LearningRate,
        NumberOfEpochs = Epochs,
        Schedule = LearningRateSchedule.Constant,
        Seed = seed,
    };

    public override string ToString() => $"{Pooling}, rate {LearningRate}, {Epochs} epochs";
}
