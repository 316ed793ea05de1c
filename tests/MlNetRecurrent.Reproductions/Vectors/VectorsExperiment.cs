using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Reproductions.Running;
using MlNetRecurrent.Reproductions.Sentiment;

namespace MlNetRecurrent.Reproductions.Vectors;

/// <summary>Sentences classified after 100 labeled examples, with vectors of words from all texts and without.</summary>
internal sealed class VectorsExperiment : IExperiment
{
    private const int Labeled = 100, Size = 25, Window = 10;

    /// <summary>
    /// Chosen with --validate, as the size of the vectors and the window were. Without vectors, other sizes and a dictionary of the labeled
    /// words alone differ by at most a point.
    /// </summary>
    private static readonly Network _network = new("Gru", new GruLayer(32) { Bidirectional = true, Dropout = 0.5f })
    {
        Pooling = SequencePooling.Max,
        Epochs = 50,
        LearningRate = 0.01f,
        EmbeddingSize = Size,
        Schedule = LearningRateSchedule.Automatic,
    };

    public string Name => "vectors";

    public string Description =>
        $"Classifies sentences after {Labeled} labeled examples, with vectors of words from texts without labels and without.";

    public string DataSet => "text-uci-sentiment";

    public IReadOnlyList<Figure> Run(string folder, RunSettings settings, TrainingBars bars)
    {
        VectorsSplit split = VectorsSplit.Read(folder, settings.Validate);
        DirectoryInfo temporary = Directory.CreateTempSubdirectory();
        try
        {
            string path = Path.Combine(temporary.FullName, "vectors.txt");
            WordVectors.Write(path, ReadWords(split.Training), Size, Window);
            EmbeddingVectors vectors = EmbeddingVectors.Load(path, trainable: false);
            return
            [
                .. Compare("product or restaurant", nameof(Sentence.IsAboutProduct), sentence => sentence.IsAboutProduct, Bar.AtLeast(5)),
                .. Compare("praise or blame", nameof(Sentence.Label), sentence => sentence.Label),
                LoadingTime.Measure(Path.Combine(temporary.FullName, "large.txt")),
            ];

            IEnumerable<Figure> Compare(string task, string labelColumn, Func<Sentence, bool> label, Bar? bar = null)
            {
                double[] without = Train(null), with = Train(vectors);
                double gain = 100 * (with.Average() - without.Average());
                return
                [
                    AccuracyFigure($"{task}, without vectors", without) with
                    {
                        How = $"{_network.Describe(settings)}; {Spread.Of(without, "0.0%")}",
                    },
                    AccuracyFigure($"{task}, with vectors", with) with { How = $"the same; {vectors}; {Spread.Of(with, "0.0%")}" },
                    new($"{task}: gain of the vectors, points", gain, "F1")
                    {
                        Bar = bar,
                        How = $"better in {with.Zip(without).Count(pair => pair.First > pair.Second)} of {with.Length} draws",
                    },
                ];

                double[] Train(EmbeddingVectors? start)
                {
                    int[] seeds = settings.Seeds(standard: 10);
                    TrainingBar progress = bars.Add(start is null ? $"{task}, without" : $"{task}, with", seeds.Length);
                    return
                    [
                        .. from seed in seeds
                           let options = _network.Options(settings, seed, progress)
                           select Accuracy(options, start, labelColumn, split.Draw(Labeled, label, seed), split),
                    ];
                }
            }
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static Figure AccuracyFigure(string name, double[] accuracies) => new(name, accuracies.Average(), "0.0%");

    /// <summary>
    /// The dictionary has the words of all texts: a word of the test that is in no labeled example has a vector all the same.
    /// </summary>
    private static double Accuracy(
        RecurrentOptions options, EmbeddingVectors? vectors, string labelColumn, Sentence[] labeled, VectorsSplit split)
    {
        options.LabelColumnName = labelColumn;
        options.ValidationFraction = 0;
        if (vectors is not null)
            options.EmbeddingVectors = new Dictionary<string, EmbeddingVectors> { [options.FeatureColumnName] = vectors };
        var ml = new MLContext(options.Seed);
        ITransformer keys = Tokenize(ml).Append(ml.Transforms.Conversion.MapValueToKey(options.FeatureColumnName, "Words"))
            .Fit(ml.Data.LoadFromEnumerable(split.Training));
        RecurrentTransformer model = ml.BinaryClassification.Trainers.Recurrent(options).Fit(Keyed(labeled));
        return ml.BinaryClassification.Evaluate(model.Transform(Keyed(split.Test)), labelColumn).Accuracy;

        IDataView Keyed(Sentence[] sentences) => keys.Transform(ml.Data.LoadFromEnumerable(sentences));
    }

    private static string[][] ReadWords(Sentence[] sentences)
    {
        var ml = new MLContext();
        IDataView texts = ml.Data.LoadFromEnumerable(sentences);
        return [.. Tokenize(ml).Fit(texts).Transform(texts).GetColumn<string[]>("Words")];
    }

    private static EstimatorChain<ITransformer> Tokenize(MLContext ml) =>
        new EstimatorChain<ITransformer>()
            .Append(ml.Transforms.Text.NormalizeText("Words", nameof(Sentence.Text), keepPunctuations: false))
            .Append<ITransformer>(ml.Transforms.Text.TokenizeIntoWords("Words"));
}
