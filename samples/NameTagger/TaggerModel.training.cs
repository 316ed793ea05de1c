using Microsoft.ML;
using Microsoft.ML.Transforms;
using MlNetRecurrent;

namespace NameTagger;

public static partial class TaggerModel
{
    /// <summary>
    /// Rarer words are all the same unknown word to the network, which reads their characters. So it learns what to do with new words.
    /// </summary>
    private const int LeastCount = 10;

    /// <summary>Trains on the training sentences, and saves the model.</summary>
    public static ITransformer Train(string outputModelPath, IProgress<TrainingProgress>? progress = null)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = mlContext.Data.LoadFromEnumerable(Sentences.ForTraining);
        ITransformer model = RetrainModel(mlContext, data, progress);
        mlContext.Model.Save(model, data.Schema, outputModelPath);
        return model;
    }

    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">Sentences with their tags.</param>
    /// <param name="progress">Receives the progress of the training.</param>
    /// <param name="useCharacters">Whether the network reads the characters of each word, too.</param>
    /// <param name="useCrf">Whether the tags of a sentence are predicted together.</param>
    public static ITransformer RetrainModel(
        MLContext mlContext, IDataView trainData, IProgress<TrainingProgress>? progress = null, bool useCharacters = true,
        bool useCrf = true)
    {
        IEnumerable<ModelInput> sentences = mlContext.Data.CreateEnumerable<ModelInput>(trainData, reuseRowObject: true);
        return BuildPipeline(mlContext, Vocabulary(sentences), progress, useCharacters, useCrf).Fit(trainData);
    }

    /// <summary>Words and their characters become keys, which the network reads from both ends.</summary>
    public static IEstimator<ITransformer> BuildPipeline(
        MLContext mlContext, IEnumerable<string> vocabulary, IProgress<TrainingProgress>? progress = null, bool useCharacters = true,
        bool useCrf = true)
    {
        // Chosen on a third of the training templates, trained on the others.
        var options = new RecurrentOptions
        {
            FeatureColumnNames = useCharacters ? ["WordKeys", "Characters"] : ["WordKeys"],
            EmbeddingSizes = new Dictionary<string, int> { ["WordKeys"] = 32 },
            Layers = [new LstmLayer(32) { Bidirectional = true, Dropout = 0.3f }],
            UseCrf = useCrf,
            TagScheme = useCrf ? TagScheme.Bio : TagScheme.None,
            TokenDropout = 0.1f,
            LearningRate = 3e-3f,
            Schedule = LearningRateSchedule.Constant,
            NumberOfEpochs = 4,
            Seed = 1,
            Progress = progress,
        };
        IDataView words = mlContext.Data.LoadFromEnumerable(vocabulary.Select(word => new VocabularyWord { Word = word }).ToArray());
        return mlContext.Transforms.Text.TokenizeIntoWords(nameof(ModelOutput.Words), nameof(ModelInput.Sentence))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("WordKeys", nameof(ModelOutput.Words), keyData: words))
            .Append(mlContext.Transforms.TokenizeWordsIntoCharacters("Characters", nameof(ModelOutput.Words)))
            .Append(mlContext.Transforms.Text.TokenizeIntoWords("TagOfEach", nameof(ModelInput.Tags)))
            .Append(mlContext.Transforms.Conversion.MapValueToKey(
                "Label", "TagOfEach", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
            .Append(mlContext.MulticlassClassification.Trainers.SequenceTagger(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue(nameof(ModelOutput.PredictedTags), "PredictedLabel"));
    }

    /// <summary>The words that are frequent enough to learn something of each.</summary>
    public static IReadOnlySet<string> Vocabulary(IEnumerable<ModelInput> sentences) =>
        sentences.SelectMany(sentence => Words.Split(sentence.Sentence)).CountBy(word => word)
            .Where(word => word.Value >= LeastCount)
            .Select(word => word.Key).ToHashSet();

    private sealed class VocabularyWord
    {
        public string Word { get; set; } = "";
    }
}
