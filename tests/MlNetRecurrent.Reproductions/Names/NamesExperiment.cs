using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Names;

/// <summary>The names in noisy texts: a tagger whose tags are independent, and the same network with a CRF.</summary>
internal sealed class NamesExperiment : IExperiment
{
    private const string Predicted = "Predicted";

    /// <summary>Chosen with --validate, by the mean of both taggers.</summary>
    private static readonly Network _tagger = new("Lstm", new LstmLayer(64) { Bidirectional = true, Dropout = 0.5f })
    {
        Pooling = null,
        Epochs = 20,
        LearningRate = 5e-3f,
        BatchSize = 16,
        Schedule = LearningRateSchedule.Automatic,
    };

    public string Name => "names";

    public string Description => "Finds names in noisy texts: F1 of the entities with a CRF beside that of the same network without.";

    public string DataSet => "ner-wnut17";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        NamesSplit split = NamesSplit.Read(folder, settings.Validate);
        int[] seeds = settings.Seeds(standard: 3);
        Result[] without = Train("without a CRF", useCrf: false), with = Train("with a CRF", useCrf: true);
        double gain = 100 * (with.Average(result => result.F1) - without.Average(result => result.F1));
        return
        [
            F1Figure("F1 without a CRF", without) with { How = $"{_tagger.Describe(settings)}; {Describe(without)}" },
            F1Figure("F1 with a CRF", with) with { How = $"the same; {Describe(with)}" },
            new("gain of the CRF, points", gain, "F1")
            {
                Bar = Bar.AtLeast(3),
                How = $"{with[0].Names} names in {split.Test.Length} texts",
            },
            new("forbidden sequences of tags without a CRF", without.Sum(result => result.Forbidden), "F0"),
            new("forbidden sequences of tags with a CRF", with.Sum(result => result.Forbidden), "F0") { Bar = Bar.Below(1) },
        ];

        Result[] Train(string name, bool useCrf)
        {
            TrainingBar bar = bars.Add(name, seeds.Length);
            return [.. seeds.Select(seed => NamesExperiment.Train(_tagger.Options(settings, seed, bar), useCrf, split))];
        }
    }

    private static Figure F1Figure(string name, Result[] results) => new(name, results.Average(result => result.F1), "0.0%");

    private static string Describe(Result[] results) => Spread.Of([.. results.Select(result => result.F1)], "0.0%");

    private static Result Train(RecurrentOptions options, bool useCrf, NamesSplit split)
    {
        options.FeatureColumnNames = ["Features", "ShapeKeys", "Characters"];
        options.EmbeddingSizes = new Dictionary<string, int> { ["ShapeKeys"] = 16, ["Characters"] = 16 };
        options.UseCrf = useCrf;
        options.TagScheme = useCrf ? TagScheme.Bio : TagScheme.None;
        // A CRF has no label smoothing, so that the other tagger has none, either.
        options.LabelSmoothing = 0;
        // Both as where the sizes were chosen: no texts are held out to select an epoch.
        options.RareTokenDropout = 1;
        options.ValidationFraction = 0;
        var ml = new MLContext(options.Seed);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Features", nameof(NamedSentence.Tokens))
            .Append(ml.Transforms.Conversion.MapValueToKey("ShapeKeys", nameof(NamedSentence.Shapes)))
            .Append(ml.Transforms.TokenizeWordsIntoCharacters("Characters", nameof(NamedSentence.Words)))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(NamedSentence.Tags)))
            .Append(ml.MulticlassClassification.Trainers.SequenceTagger(options))
            .Append(ml.Transforms.Conversion.MapKeyToValue(Predicted, "PredictedLabel"));
        IDataView scored = pipeline.Fit(ml.Data.LoadFromEnumerable(split.Training)).Transform(ml.Data.LoadFromEnumerable(split.Test));
        EntityMetrics metrics = ml.MulticlassClassification.EvaluateEntities(scored);
        return new(metrics.F1, metrics.Support, scored.GetColumn<string[]>(Predicted).Count(NamedSentence.BreaksScheme));
    }

    /// <param name="F1">Of the entities of all types.</param>
    /// <param name="Names">The number of entities.</param>
    /// <param name="Forbidden">The number of texts whose predicted tags break BIO.</param>
    private sealed record Result(double F1, long Names, int Forbidden);
}
