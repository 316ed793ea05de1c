using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Digits;

/// <summary>Which digit was spoken: a pyramid beside the same layers at full length.</summary>
internal sealed class DigitsExperiment : IExperiment
{
    private static readonly RecurrentLayer _level = new LstmLayer(64) { Bidirectional = true, TimeReduction = 2 };

    /// <summary>Chosen with --validate.</summary>
    private static readonly Network _pyramid = new("pyramid of two levels", _level, _level) { Epochs = 15, LearningRate = 2e-3f };

    /// <summary>
    /// The layers of the trainer PyramidalRnn with numberOfLevels: 2. The first layer joins no steps and costs most, so it gains less.
    /// </summary>
    private static readonly Network _pyramidOnPlainLayer = _pyramid with
    {
        Name = "two levels on a plain layer",
        Layers = [_level with { TimeReduction = 1 }, _level, _level],
    };

    public string Name => "digits";

    public string Description =>
        "Recognizes spoken digits with a pyramid and with the same layers at full length: time of an epoch, and test accuracy.";

    public string DataSet => "speech-fsdd";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        DigitSplit split = DigitSplit.Read(folder, settings.Validate);
        EpochTimes times = EpochTimes.Measure(_pyramid, settings, bars, options => Train(options, split.Training));
        EpochTimes onPlainLayer = EpochTimes.Measure(_pyramidOnPlainLayer, settings, bars, options => Train(options, split.Training));
        Figure pyramid = Accuracy(_pyramid, split, settings, bars), full = Accuracy(_pyramid.AtFullLength(), split, settings, bars);
        return
        [
            TimesAsFast(_pyramid, times) with { Bar = Bar.AtLeast(1.6) },
            TimesAsFast(_pyramidOnPlainLayer, onPlainLayer),
            pyramid,
            full,
            new("pyramid less full length", pyramid.Value - full.Value, "0.00%") { Bar = Bar.AtLeast(-0.01) },
        ];
    }

    private static Figure TimesAsFast(Network pyramid, EpochTimes times) => new(
        $"{pyramid.Name}, times as fast", times.Full / times.Pyramid, "0.00")
    {
        How = $"{times.Pyramid:0.00} s an epoch, at full length {times.Full:0.00} s: medians, rounds: {times.Rounds}, both in turn",
    };

    private static Figure Accuracy(Network network, DigitSplit split, RunSettings settings, TrainingBars bars)
    {
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add(network.Name, seeds.Length);
        double[] accuracies = [.. seeds.Select(seed =>
        {
            var ml = new MLContext(seed);
            ITransformer model = Train(network.Options(settings, seed, bar), split.Training);
            IDataView scored = model.Transform(ml.Data.LoadFromEnumerable(split.Test));
            return ml.MulticlassClassification.Evaluate(scored).MicroAccuracy;
        })];
        return new($"{network.Name}, accuracy", accuracies.Average(), "0.00%")
        {
            Bar = Bar.AtLeast(0.97),
            How = $"{network.Describe(settings)}; {Spread.Of(accuracies, "0.0%")}",
        };
    }

    private static ITransformer Train(RecurrentOptions options, SpokenDigit[] training)
    {
        var ml = new MLContext(options.Seed);
        return ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.Recurrent(options)).Fit(ml.Data.LoadFromEnumerable(training));
    }
}
