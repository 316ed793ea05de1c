// Trains the model and saves it. The file has the methods that Model Builder generates, so that the model can be trained again on another
// file of the same columns.
using Microsoft.ML;
using Microsoft.ML.Transforms;
using MlNetRecurrent;

namespace NameTagger;

public static partial class TaggerModel
{
    /// <summary>The file of sentences that the program writes beside itself.</summary>
    public const string RetrainFilePath = "sentences.tsv";

    /// <summary>The separator of its columns.</summary>
    public const char RetrainSeparatorChar = '\t';

    /// <summary>Whether its first line has the names of the columns.</summary>
    public const bool RetrainHasHeader = true;

    /// <summary>Whether its values may stand in quotes.</summary>
    public const bool RetrainAllowQuoting = false;

    /// <summary>
    /// Rarer words are all the same unknown word to the network, which reads their characters. So it learns what to do with new words.
    /// </summary>
    private const int LeastCount = 10;

    /// <summary>Trains on all lines of a file, and saves the model.</summary>
    /// <param name="outputModelPath">The file for the model.</param>
    /// <param name="inputDataFilePath">The file, with the columns of <see cref="ModelInput"/>.</param>
    /// <param name="separatorChar">The separator of the columns.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="allowQuoting">Whether values may stand in quotes.</param>
    public static void Train(
        string outputModelPath, string inputDataFilePath = RetrainFilePath, char separatorChar = RetrainSeparatorChar,
        bool hasHeader = RetrainHasHeader, bool allowQuoting = RetrainAllowQuoting)
    {
        var mlContext = new MLContext(seed: 1);
        IDataView data = LoadIDataViewFromFile(mlContext, inputDataFilePath, separatorChar, hasHeader, allowQuoting);
        ITransformer model = RetrainModel(mlContext, data);
        SaveModel(mlContext, model, data, outputModelPath);
    }

    /// <summary>Loads a file.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="inputDataFilePath">The file, with the columns of <see cref="ModelInput"/>.</param>
    /// <param name="separatorChar">The separator of the columns.</param>
    /// <param name="hasHeader">Whether the first line has the names of the columns.</param>
    /// <param name="allowQuoting">Whether values may stand in quotes.</param>
    /// <returns>The rows of the file.</returns>
    public static IDataView LoadIDataViewFromFile(
        MLContext mlContext, string inputDataFilePath, char separatorChar, bool hasHeader, bool allowQuoting)
    {
        // The file that the program writes lies beside the program.
        string path = inputDataFilePath == RetrainFilePath ? Path.Combine(AppContext.BaseDirectory, RetrainFilePath) : inputDataFilePath;
        return mlContext.Data.LoadFromTextFile<ModelInput>(path, separatorChar, hasHeader, allowQuoting);
    }

    /// <summary>Saves a model.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="model">The model.</param>
    /// <param name="data">Data with the columns that the model was trained on.</param>
    /// <param name="modelSavePath">The file for the model.</param>
    public static void SaveModel(MLContext mlContext, ITransformer model, IDataView data, string modelSavePath) =>
        mlContext.Model.Save(model, data.Schema, modelSavePath);

    /// <summary>Trains on some data.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">Sentences with their tags.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData) =>
        RetrainModel(mlContext, trainData, useCharacters: true, useCrf: true);

    /// <summary>Trains on some data, with parts of the network or without.</summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">Sentences with their tags.</param>
    /// <param name="useCharacters">Whether the network reads the characters of each word, too.</param>
    /// <param name="useCrf">Whether the tags of a sentence are predicted together.</param>
    /// <returns>The trained model.</returns>
    public static ITransformer RetrainModel(MLContext mlContext, IDataView trainData, bool useCharacters, bool useCrf)
    {
        IEnumerable<ModelInput> sentences = mlContext.Data.CreateEnumerable<ModelInput>(trainData, reuseRowObject: true);
        return BuildPipeline(mlContext, Vocabulary(sentences), useCharacters, useCrf).Fit(trainData);
    }

    /// <summary>Builds the pipeline with the vocabulary of the sample's sentences. RetrainModel makes that of its data.</summary>
    /// <param name="mlContext">The context.</param>
    /// <returns>The pipeline, not yet trained.</returns>
    public static IEstimator<ITransformer> BuildPipeline(MLContext mlContext) =>
        BuildPipeline(mlContext, Vocabulary(Sentences.ForTraining), useCharacters: true, useCrf: true);

    /// <summary>Words and their characters become keys, which the network reads from both ends.</summary>
    private static IEstimator<ITransformer> BuildPipeline(
        MLContext mlContext, IEnumerable<string> vocabulary, bool useCharacters, bool useCrf)
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
            Progress = new ConsoleProgress(),
        };
        IDataView words = mlContext.Data.LoadFromEnumerable(vocabulary.Select(word => new VocabularyWord { Word = word }).ToArray());
        return mlContext.Transforms.Text.TokenizeIntoWords(nameof(ModelOutput.Words), nameof(ModelInput.Sentence))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("WordKeys", nameof(ModelOutput.Words), keyData: words))
            .Append(mlContext.Transforms.TokenizeWordsIntoCharacters("Characters", nameof(ModelOutput.Words)))
            .Append(mlContext.Transforms.Text.TokenizeIntoWords("TagOfEach", nameof(ModelInput.Tags)))
            .Append(mlContext.Transforms.Conversion.MapValueToKey(
                "Label", "TagOfEach", keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue))
            .Append(mlContext.MulticlassClassification.Trainers.SequenceTagger(options))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedTags", "PredictedLabel"));
    }

    /// <summary>The words that are frequent enough to learn something of each.</summary>
    public static IReadOnlySet<string> Vocabulary(IEnumerable<ModelInput> sentences) =>
        sentences.SelectMany(sentence => Words.Split(sentence.Sentence)).CountBy(word => word)
            .Where(word => word.Value >= LeastCount)
            .Select(word => word.Key).ToHashSet();

    /// <summary>Writes the sentences to learn from into the file, and loads it.</summary>
    public static IDataView LoadTrainingSentences(MLContext mlContext)
    {
        IEnumerable<string> lines = Sentences.ForTraining.Select(row => $"{row.Sentence}{RetrainSeparatorChar}{row.Tags}");
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, RetrainFilePath), lines.Prepend($"sentence{RetrainSeparatorChar}tags"));
        return LoadIDataViewFromFile(mlContext, RetrainFilePath, RetrainSeparatorChar, RetrainHasHeader, RetrainAllowQuoting);
    }

    private sealed class VocabularyWord
    {
        public string Word { get; set; } = "";
    }
}
