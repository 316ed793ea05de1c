using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Digits;

/// <summary>The median seconds of an epoch of a pyramid, and of the same layers at full length.</summary>
internal sealed record EpochTimes(double Pyramid, double Full, int Rounds)
{
    /// <summary>Takes the second epochs of short trainings, both networks in turn, since the speed of a machine varies with time.</summary>
    /// <param name="pyramid">The network whose layers join steps.</param>
    /// <param name="settings">What the command line says.</param>
    /// <param name="bars">Where the bars go.</param>
    /// <param name="train">Trains a network.</param>
    public static EpochTimes Measure(Network pyramid, RunSettings settings, TrainingBars bars, Action<RecurrentOptions> train)
    {
        int rounds = settings.Quick ? 1 : 5;
        TrainingBar pyramidBar = bars.Add($"{pyramid.Name}, time", rounds);
        TrainingBar fullBar = bars.Add($"{pyramid.Name} at full length, time", rounds);
        Network full = pyramid.AtFullLength();
        for (int round = 0; round < rounds; round++)
        {
            train(Short(pyramid, pyramidBar));
            train(Short(full, fullBar));
        }
        return new(MedianOfSecondEpochs(pyramidBar), MedianOfSecondEpochs(fullBar), rounds);

        RecurrentOptions Short(Network network, TrainingBar bar)
        {
            RecurrentOptions options = network.Options(settings, seed: 1, bar);
            options.NumberOfEpochs = 2;
            return options;
        }
    }

    private static double MedianOfSecondEpochs(TrainingBar bar) => Spread.Median(bar.EpochSeconds.Where((_, epoch) => epoch % 2 == 1));
}
