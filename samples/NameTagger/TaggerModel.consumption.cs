// Loads the model and predicts with it. The file has the methods that Model Builder generates.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace NameTagger;

/// <summary>Finds the names of persons and places in a sentence.</summary>
public static partial class TaggerModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string MLNetModelPath = Path.Combine(AppContext.BaseDirectory, "TaggerModel.zip");

    /// <summary>The engine of the methods below. Not thread-safe.</summary>
    public static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new(CreatePredictEngine, true);

    /// <summary>A sentence, which is a line of the file.</summary>
    public sealed class ModelInput
    {
        /// <summary>Its words in lower case, with spaces between them.</summary>
        [LoadColumn(0), ColumnName("Sentence")]
        public string Sentence { get; set; } = "";

        /// <summary>The tag of each word, with spaces between them; not needed to predict.</summary>
        [LoadColumn(1), ColumnName("Tags")]
        public string Tags { get; set; } = "";
    }

    /// <summary>The prediction for a sentence.</summary>
    public sealed class ModelOutput
    {
        [ColumnName("Words")]
        public string[] Words { get; set; } = [];

        /// <summary>The most probable tags of the sentence, one for each word.</summary>
        [ColumnName("PredictedTags")]
        public string[] PredictedLabel { get; set; } = [];

        /// <summary>The probability of each tag for the first word, then for the second, and so on.</summary>
        [ColumnName("Score")]
        public float[] Score { get; set; } = [];
    }

    /// <summary>Predicts the tags of a sentence.</summary>
    /// <param name="input">The sentence.</param>
    /// <returns>The prediction.</returns>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);

    /// <summary>The names in a sentence, each with its type.</summary>
    public static IEnumerable<(string Name, string Type)> FindNames(string sentence)
    {
        string name = "", type = Tags.Other;
        ModelOutput output = Predict(new() { Sentence = sentence });
        foreach ((string word, string tag) in output.Words.Zip(output.PredictedLabel).Append(("", Tags.Other)))
        {
            if (type != Tags.Other && (Tags.Begins(tag) || tag == Tags.Other))
                yield return (name, type);
            name = Tags.Begins(tag) ? word : $"{name} {word}";
            type = Tags.TypeOf(tag);
        }
    }

    /// <summary>Predicts the probability of each tag.</summary>
    /// <param name="input">The sentence.</param>
    /// <returns>Each word, with the tags and their probabilities, the most probable first.</returns>
    public static (string Word, IOrderedEnumerable<KeyValuePair<string, float>> Tags)[] PredictAllLabels(ModelInput input) =>
        GetSortedScoresWithLabels(Predict(input));

    /// <summary>Adds the names of the tags to the probabilities of a prediction.</summary>
    /// <param name="result">The prediction.</param>
    /// <returns>Each word, with the tags and their probabilities, the most probable first.</returns>
    public static (string Word, IOrderedEnumerable<KeyValuePair<string, float>> Tags)[] GetSortedScoresWithLabels(ModelOutput result)
    {
        string[] tags = [.. GetLabels(result)];
        return
        [
            .. result.Words.Zip(result.Score.Chunk(tags.Length), (word, scores) =>
                (word, tags.Zip(scores, KeyValuePair.Create).OrderByDescending(tag => tag.Value))),
        ];
    }

    /// <summary>The tags, in the order of the probabilities.</summary>
    /// <param name="result">A prediction.</param>
    /// <returns>As many names as the prediction has probabilities for each word.</returns>
    public static IEnumerable<string> GetLabels(ModelOutput result)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        PredictEngine.Value.OutputSchema["PredictedLabel"].GetKeyValues(ref names);
        int tags = result.Score.Length / Math.Max(1, result.PredictedLabel.Length);
        return names.DenseValues().Take(tags).Select(name => name.ToString());
    }

    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(MLNetModelPath, out _));
    }
}
