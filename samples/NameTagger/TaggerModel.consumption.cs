using Microsoft.ML;
using Microsoft.ML.Data;

namespace NameTagger;

/// <summary>Finds the names of persons and places in a sentence.</summary>
public static partial class TaggerModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string ModelPath = Path.Combine(AppContext.BaseDirectory, "TaggerModel.zip");

    private static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> _engine = new(() =>
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(ModelPath, out _));
    });

    /// <summary>A sentence.</summary>
    public sealed class ModelInput
    {
        /// <summary>Its words in lower case, with spaces between them.</summary>
        public string Sentence { get; set; } = "";

        /// <summary>The tag of each word, with spaces between them; empty where they are to be predicted.</summary>
        public string Tags { get; set; } = "";
    }

    /// <summary>What the model says of a sentence.</summary>
    public sealed class ModelOutput
    {
        public string[] Words { get; set; } = [];

        /// <summary>The likeliest tags of the sentence, one for each word.</summary>
        public string[] PredictedTags { get; set; } = [];

        /// <summary>The probability of each tag for the first word, then for the second, and so on.</summary>
        public float[] Score { get; set; } = [];
    }

    /// <summary>The words of a sentence, each with its tag.</summary>
    public static (string Word, string Tag)[] Predict(string sentence)
    {
        ModelOutput output = _engine.Value.Predict(new() { Sentence = sentence });
        return [.. output.Words.Zip(output.PredictedTags)];
    }

    /// <summary>The names in a sentence, each with its type.</summary>
    public static IEnumerable<(string Name, string Type)> FindNames(string sentence)
    {
        string name = "", type = Tags.Other;
        foreach ((string word, string tag) in Predict(sentence).Append(("", Tags.Other)))
        {
            if (type != Tags.Other && (Tags.Begins(tag) || tag == Tags.Other))
                yield return (name, type);
            name = Tags.Begins(tag) ? word : $"{name} {word}";
            type = Tags.TypeOf(tag);
        }
    }

    /// <summary>The words of a sentence, each with the probability of each tag, the likeliest first.</summary>
    public static (string Word, IOrderedEnumerable<KeyValuePair<string, float>> Tags)[] PredictAllLabels(string sentence)
    {
        ModelOutput output = _engine.Value.Predict(new() { Sentence = sentence });
        string[] tags = TagsOf(_engine.Value.OutputSchema);
        return
        [
            .. output.Words.Zip(output.Score.Chunk(tags.Length), (word, scores) =>
                (word, tags.Zip(scores, KeyValuePair.Create).OrderByDescending(tag => tag.Value))),
        ];
    }

    /// <summary>The tags, in the order of the scores.</summary>
    private static string[] TagsOf(DataViewSchema schema)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["PredictedLabel"].GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
