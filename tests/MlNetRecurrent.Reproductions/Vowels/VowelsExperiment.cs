using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Vowels;

/// <summary>Which of nine speakers it was.</summary>
internal sealed class VowelsExperiment : IExperiment
{
    /// <summary>Chosen with --validate.</summary>
    private static readonly Network[] _systems =
    [
        new("ElmanRnn", BothWays(new ElmanLayer(64))) { Pooling = SequencePooling.Max, Epochs = 60, LearningRate = 3e-3f, BatchSize = 16 },
        new("Lstm", BothWays(new LstmLayer(64))) { Pooling = SequencePooling.Mean, Epochs = 60, LearningRate = 3e-3f, BatchSize = 16 },
        new("Gru", BothWays(new GruLayer(64))) { Pooling = SequencePooling.Mean, Epochs = 60, LearningRate = 3e-3f, BatchSize = 16 },
        new("DeepRnn", BothWays(new GruLayer(64)), BothWays(new GruLayer(64)))
        {
            Pooling = SequencePooling.Mean,
            Epochs = 60,
            LearningRate = 3e-3f,
            BatchSize = 16,
        },
        new("PyramidalRnn", BothWays(new LstmLayer(64)), BothWays(new LstmLayer(64) { TimeReduction = 2 }))
        {
            Epochs = 60,
            LearningRate = 3e-3f,
            BatchSize = 16,
        },
        new("StackRnn", BothWays(new StackLayer(64) { StackSize = 32 })) { Epochs = 60, LearningRate = 1e-2f, BatchSize = 16 },
    ];

    public string Name => "vowels";

    public string Description => "Tells nine speakers apart by two vowels: test accuracy of each system, mean of five seeds.";

    public string DataSet => "ts-japanese-vowels";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        VowelSplit split = VowelSplit.Read(folder, settings.Validate);
        Figure[] figures = [.. _systems.Select(system => Measure(system, split, settings, bars))];
        Figure best = figures.MaxBy(figure => figure.Value)!;
        return [.. figures, new("the best", best.Value, "0.00%") { Bar = Bar.AtLeast(0.97), How = best.Name }];
    }

    private static RecurrentLayer BothWays(RecurrentLayer layer) => layer with { Bidirectional = true, Dropout = 0.2f };

    private static Figure Measure(Network system, VowelSplit split, RunSettings settings, TrainingBars bars)
    {
        int[] seeds = settings.Seeds(standard: 5);
        TrainingBar bar = bars.Add(system.Name, seeds.Length);
        double[] accuracies = [.. seeds.Select(seed => Accuracy(system.Options(settings, seed, bar), split))];
        return new(system.Name, accuracies.Average(), "0.00%")
        {
            Bar = Bar.AtLeast(0.955),
            How = $"{system.Describe(settings)}; {Spread.Of(accuracies, "0.0%")}",
        };
    }

    private static double Accuracy(RecurrentOptions options, VowelSplit split)
    {
        var ml = new MLContext(options.Seed);
        ITransformer model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.Recurrent(options))
            .Fit(ml.Data.LoadFromEnumerable(split.Training));
        return ml.MulticlassClassification.Evaluate(model.Transform(ml.Data.LoadFromEnumerable(split.Test))).MicroAccuracy;
    }
}
