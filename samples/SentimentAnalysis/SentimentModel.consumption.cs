using Microsoft.ML;
using Microsoft.ML.Data;

namespace SentimentAnalysis;

/// <summary>Tells whether a sentence of a review is praise or blame.</summary>
public static partial class SentimentModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string ModelPath = Path.Combine(AppContext.BaseDirectory, "SentimentModel.zip");

    private static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> _engine = new(() => CreatePredictEngine(ModelPath));

    /// <summary>A sentence, which is a line of the file.</summary>
    public sealed class ModelInput
    {
        /// <summary>praise or blame; not needed to predict.</summary>
        [LoadColumn(1)]
        public string Sentiment { get; set; } = "";

        [LoadColumn(2)]
        public string Text { get; set; } = "";
    }

    /// <summary>What the model says of a sentence.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The likelier of praise and blame.</summary>
        public string PredictedSentiment { get; set; } = "";

        /// <summary>The probability of each.</summary>
        public float[] Score { get; set; } = [];
    }

    /// <summary>Predicts the sentiment of a sentence. Not thread-safe, since an engine is not: samples/WebService has a pool.</summary>
    public static ModelOutput Predict(ModelInput input) => _engine.Value.Predict(input);

    /// <summary>The probability of each class, the likeliest first. Not for several threads at once.</summary>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input) =>
        GetSortedScoresWithLabels(Predict(input), _engine.Value.OutputSchema);

    /// <summary>The scores of an output with the names of their classes, the likeliest first.</summary>
    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput output, DataViewSchema schema) =>
        GetLabels(schema).Zip(output.Score, KeyValuePair.Create).OrderByDescending(label => label.Value);

    /// <summary>The names of the classes, in the order of the scores.</summary>
    public static string[] GetLabels(DataViewSchema schema)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema[nameof(ModelOutput.Score)].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine(string modelPath)
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(modelPath, out _));
    }
}
