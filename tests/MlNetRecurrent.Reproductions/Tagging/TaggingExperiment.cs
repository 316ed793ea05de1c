using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Tagging;

/// <summary>The part of speech of each word of a sentence, with nothing known of a word but which it is.</summary>
internal sealed class TaggingExperiment : IExperiment
{
    /// <summary>Chosen with --validate.</summary>
    private static readonly Network _tagger = new("Lstm", new LstmLayer(64) { Bidirectional = true, Dropout = 0.3f })
    {
        Pooling = null,
        Epochs = 5,
        LearningRate = 5e-3f,
    };

    public string Name => "tagging";

    public string Description =>
        "Tags words with their part of speech: accuracy beside that of each word's most frequent tag, and time of an epoch.";

    public string DataSet => "pos-ud-ewt";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        TaggingSplit split = TaggingSplit.Read(folder, settings.Validate);
        double floor = split.MostFrequentTagAccuracy();
        int[] seeds = settings.Seeds(standard: 3);
        TrainingBar bar = bars.Add(_tagger.Name, seeds.Length);
        double[] accuracies = [.. seeds.Select(seed => Accuracy(_tagger.Options(settings, seed, bar), split))];
        return
        [
            new("the most frequent tag", floor, "0.00%")
            {
                How = $"{split.Test.Sum(sentence => sentence.Words.Length)} words of {split.Test.Length} sentences",
            },
            new("tagger", accuracies.Average(), "0.00%")
            {
                Bar = Bar.AtLeast(Math.Max(floor, 0.905)),
                How = $"{_tagger.Describe(settings)}; {Spread.Of(accuracies, "0.0%")}",
            },
            new("seconds an epoch", Spread.Median(bar.EpochSeconds), "F2")
            {
                How = $"median of {bar.EpochSeconds.Count}, {split.Training.Length} sentences",
            },
        ];
    }

    private static double Accuracy(RecurrentOptions options, TaggingSplit split)
    {
        var ml = new MLContext(options.Seed);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Features", "Words")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Tags"))
            .Append(ml.MulticlassClassification.Trainers.SequenceTagger(options));
        IDataView scored = pipeline.Fit(ml.Data.LoadFromEnumerable(split.Training)).Transform(ml.Data.LoadFromEnumerable(split.Test));
        return ml.MulticlassClassification.EvaluateSequences(scored).TokenAccuracy;
    }
}
