using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Sentiment;

/// <summary>Whether a sentence of a review is positive, with words as tokens.</summary>
internal sealed class SentimentExperiment : IExperiment
{
    private const int Folds = 5;

    private const int Words = 2500;

    /// <summary>Chosen with --validate, which cuts other folds of the same sentences.</summary>
    private static readonly Network[] _systems =
    [
        new("ElmanRnn", BothWays(new ElmanLayer(64))) { Pooling = SequencePooling.Max, Epochs = 10, LearningRate = 2e-3f },
        new("Lstm", BothWays(new LstmLayer(64))) { Pooling = SequencePooling.Max, Epochs = 5, LearningRate = 2e-3f },
        new("Gru", BothWays(new GruLayer(64))) { Pooling = SequencePooling.Max, Epochs = 5, LearningRate = 2e-3f },
        new("DeepRnn", BothWays(new GruLayer(64)), BothWays(new GruLayer(64)))
        {
            Pooling = SequencePooling.Max,
            Epochs = 5,
            LearningRate = 2e-3f,
        },
        new("PyramidalRnn", BothWays(new LstmLayer(64)), BothWays(new LstmLayer(64) { TimeReduction = 2 }))
        {
            Pooling = SequencePooling.Max,
            Epochs = 5,
            LearningRate = 2e-3f,
        },
        new("StackRnn", BothWays(new StackLayer(64) { StackSize = 32 }))
        {
            Pooling = SequencePooling.Max,
            Epochs = 5,
            LearningRate = 2e-3f,
        },
    ];

    public string Name => "sentiment";

    public string Description => "Tells praise from blame in sentences of reviews: accuracy of each system in five folds.";

    public string DataSet => "text-uci-sentiment";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        Sentence[] sentences = Sentence.Read(folder);
        Figure[] figures = [.. _systems.Select(system => Measure(system, sentences, settings, bars))];
        Figure best = figures.MaxBy(figure => figure.Value)!;
        return [.. figures, new("the best", best.Value, "0.00%") { Bar = Bar.AtLeast(0.81), How = best.Name }];
    }

    private static RecurrentLayer BothWays(RecurrentLayer layer) => layer with { Bidirectional = true, Dropout = 0.5f };

    private static Figure Measure(Network system, Sentence[] sentences, RunSettings settings, TrainingBars bars)
    {
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add(system.Name, Folds * seeds.Length);
        int foldSeed = settings.Validate ? 2 : 1;
        double[] accuracies = [.. seeds.Select(seed => Accuracy(system.Options(settings, seed, bar), sentences, foldSeed))];
        return new(system.Name, accuracies.Average(), "0.00%")
        {
            Bar = Bar.AtLeast(0.74),
            How = $"{system.Describe(settings)}; {Spread.Of(accuracies, "0.0%")}",
        };
    }

    /// <summary>
    /// The words come from the training folds, which have more of them than the dictionary takes: so the network also learns from unknown
    /// words.
    /// </summary>
    private static double Accuracy(RecurrentOptions options, Sentence[] sentences, int foldSeed)
    {
        var ml = new MLContext(options.Seed);
        var pipeline = ml.Transforms.Text.NormalizeText("Words", "Text", keepPunctuations: false)
            .Append(ml.Transforms.Text.TokenizeIntoWords("Words"))
            .Append(ml.Transforms.Conversion.MapValueToKey("Features", "Words", maximumNumberOfKeys: Words))
            .Append(ml.BinaryClassification.Trainers.Recurrent(options));
        return ml.BinaryClassification.CrossValidate(ml.Data.LoadFromEnumerable(sentences), pipeline, Folds, seed: foldSeed)
            .Average(fold => fold.Metrics.Accuracy);
    }
}
