using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Digits;

/// <summary>Which digit was spoken: a pyramid beside the same layers at full length.</summary>
internal sealed class DigitsExperiment : IExperiment
{
    private const int Rounds = 5;

    /// <summary>Chosen with --validate.</summary>
    private static readonly Network _pyramid = new(
        "pyramid", new LstmLayer(64) { Bidirectional = true }, new LstmLayer(64) { Bidirectional = true, TimeReduction = 2 }, new LstmLayer(64) { Bidirectional = true, TimeReduction = 2 })
    {
        Epochs = 15,
        LearningRate = 2e-3f,
    };

    private static readonly Network _full = _pyramid with { Name = "full length", Layers = [.. _pyramid.Layers.Select(layer => layer with { TimeReduction = 1 })] };

    public string Name => "digits";

    public string Description => "Recognises spoken digits with a pyramid and with the same layers at full length: time of an epoch, and test accuracy.";

    public string DataSet => "speech-fsdd";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        DigitSplit split = DigitSplit.Read(folder, settings.Validate);
        (double pyramidTime, double fullTime) = EpochTimes(split, settings, bars);
        double pyramid = Accuracy(_pyramid, split, settings, bars, out string pyramidHow), full = Accuracy(_full, split, settings, bars, out string fullHow);
        return
        [
            new("pyramid, seconds an epoch", pyramidTime, "F2") { How = $"median of {Rounds} rounds, both in turn" },
            new("full length, seconds an epoch", fullTime, "F2") { How = "the same" },
            new("pyramid, times as fast", fullTime / pyramidTime, "F2") { Bar = Bar.AtLeast(1.6) },
            new("pyramid, accuracy", pyramid, "P2") { Bar = Bar.AtLeast(0.97), How = pyramidHow },
            new("full length, accuracy", full, "P2") { Bar = Bar.AtLeast(0.97), How = fullHow },
            new("pyramid less full length", pyramid - full, "P2") { Bar = Bar.AtLeast(-0.01) },
        ];
    }

    /// <summary>The second epochs of short trainings, both networks in turn, since the speed of a machine varies from minute to minute.</summary>
    private static (double Pyramid, double Full) EpochTimes(DigitSplit split, RunSettings settings, TrainingBars bars)
    {
        TrainingBar pyramid = bars.Add("pyramid, time of an epoch", Rounds), full = bars.Add("full length, time of an epoch", Rounds);
        for (int round = 0; round < Rounds; round++)
        {
            Train(Short(_pyramid, pyramid), split.Training);
            Train(Short(_full, full), split.Training);
        }
        return (Spread.Median(SecondEpochs(pyramid)), Spread.Median(SecondEpochs(full)));

        RecurrentOptions Short(Network network, TrainingBar bar)
        {
            RecurrentOptions options = network.Options(settings, seed: 1, bar);
            options.NumberOfEpochs = 2;
            return options;
        }

        static IEnumerable<double> SecondEpochs(TrainingBar bar) => bar.EpochSeconds.Where((_, epoch) => epoch % 2 == 1);
    }

    private static double Accuracy(Network network, DigitSplit split, RunSettings settings, TrainingBars bars, out string how)
    {
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add(network.Name, seeds.Length);
        double[] accuracies = [.. seeds.Select(seed =>
        {
            var ml = new MLContext(seed);
            IDataView scored = Train(network.Options(settings, seed, bar), split.Training).Transform(ml.Data.LoadFromEnumerable(split.Test));
            return ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        })];
        how = $"{network.Describe()}; {Spread.Of(accuracies, "P1")}";
        return accuracies.Average();
    }

    private static ITransformer Train(RecurrentOptions options, SpokenDigit[] training)
    {
        var ml = new MLContext(options.Seed);
        return ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.MulticlassClassification.Trainers.Recurrent(options)).Fit(ml.Data.LoadFromEnumerable(training));
    }
}
