using Microsoft.ML;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Tagging;

/// <summary>
/// The part of speech of each word of a sentence: with nothing known of a word but which it is, and with its characters beside it.
/// </summary>
internal sealed class TaggingExperiment : IExperiment
{
    /// <summary>Chosen with --validate, among networks of which an epoch takes at most 6 seconds on two cores.</summary>
    private static readonly Network _tagger = new("Lstm", new LstmLayer(64) { Bidirectional = true, Dropout = 0.3f })
    {
        Pooling = null,
        Epochs = 5,
        LearningRate = 5e-3f,
    };

    /// <summary>Chosen with --validate, among networks of which an epoch takes at most 6 seconds on two cores.</summary>
    private static readonly Network _withCharacters = new("Lstm", new LstmLayer(96) { Bidirectional = true, Dropout = 0.5f })
    {
        Pooling = null,
        Epochs = 5,
        LearningRate = 5e-3f,
        BatchSize = 16,
        Schedule = LearningRateSchedule.Automatic,
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
        TrainingBar barOfCharacters = bars.Add("with characters", seeds.Length);
        double[] withCharacters =
            [.. seeds.Select(seed => Accuracy(WithCharacters(_withCharacters.Options(settings, seed, barOfCharacters)), split))];
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
            new("tagger with characters", withCharacters.Average(), "0.00%")
            {
                Bar = Bar.AtLeast(0.943),
                How = $"{_withCharacters.Describe(settings)}, dropout of rare words 1; {Spread.Of(withCharacters, "0.0%")}",
            },
            new("seconds an epoch, with characters", Spread.Median(barOfCharacters.EpochSeconds), "F2")
            {
                How = $"median of {barOfCharacters.EpochSeconds.Count}, {split.Training.Length} sentences",
            },
            new("seconds an epoch", Spread.Median(bar.EpochSeconds), "F2")
            {
                How = $"median of {bar.EpochSeconds.Count}, {split.Training.Length} sentences",
            },
        ];
    }

    /// <summary>A new word is best read by its characters: half of the words that occur once are unknown in training.</summary>
    private static RecurrentOptions WithCharacters(RecurrentOptions options)
    {
        options.FeatureColumnNames = ["Features", "Characters"];
        options.RareTokenDropout = 1;
        return options;
    }

    private static double Accuracy(RecurrentOptions options, TaggingSplit split)
    {
        var ml = new MLContext(options.Seed);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Features", "Words")
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", "Tags"))
            .Append(ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words"))
            .Append(ml.MulticlassClassification.Trainers.SequenceTagger(options));
        IDataView scored = pipeline.Fit(ml.Data.LoadFromEnumerable(split.Training)).Transform(ml.Data.LoadFromEnumerable(split.Test));
        return ml.MulticlassClassification.EvaluateSequences(scored).TokenAccuracy;
    }
}
