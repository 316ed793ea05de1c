// Loads the model and predicts with it. The file has the methods that Model Builder generates.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SentimentAnalysis;

/// <summary>Tells whether a sentence of a review is praise or blame.</summary>
public static partial class SentimentModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string MLNetModelPath = Path.Combine(AppContext.BaseDirectory, "SentimentModel.zip");

    /// <summary>The engine of the methods below. Not thread-safe: samples/WebService has a pool of engines.</summary>
    public static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new(CreatePredictEngine, true);

    /// <summary>A sentence, which is a line of the file.</summary>
    public sealed class ModelInput
    {
        /// <summary>praise or blame; not needed to predict.</summary>
        [LoadColumn(1), ColumnName("Sentiment")]
        public string Sentiment { get; set; } = "";

        [LoadColumn(2), ColumnName("Text")]
        public string Text { get; set; } = "";
    }

    /// <summary>The prediction for a sentence.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The more probable of praise and blame.</summary>
        [ColumnName("PredictedSentiment")]
        public string PredictedLabel { get; set; } = "";

        /// <summary>The probability of each.</summary>
        [ColumnName("Score")]
        public float[] Score { get; set; } = [];
    }

    /// <summary>Predicts the sentiment of a sentence.</summary>
    /// <param name="input">The sentence.</param>
    /// <returns>The prediction.</returns>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);

    /// <summary>Predicts the probability of each class.</summary>
    /// <param name="input">The sentence.</param>
    /// <returns>The classes with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input) =>
        GetSortedScoresWithLabels(Predict(input));

    /// <summary>Adds the names of the classes to the probabilities of a prediction.</summary>
    /// <param name="result">The prediction.</param>
    /// <returns>The classes with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput result) =>
        GetSortedScoresWithLabels(result, PredictEngine.Value.OutputSchema);

    /// <summary>Adds the names of the classes to the probabilities of a prediction by another model than that of the file.</summary>
    /// <param name="result">The prediction.</param>
    /// <param name="schema">The columns that the other model makes.</param>
    /// <returns>The classes with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput result, DataViewSchema schema) =>
        GetLabels(result, schema).Zip(result.Score, KeyValuePair.Create).OrderByDescending(label => label.Value);

    /// <summary>The names of the classes, in the order of the probabilities.</summary>
    /// <param name="result">A prediction.</param>
    /// <returns>As many names as the prediction has probabilities.</returns>
    public static IEnumerable<string> GetLabels(ModelOutput result) => GetLabels(result, PredictEngine.Value.OutputSchema);

    private static IEnumerable<string> GetLabels(ModelOutput result, DataViewSchema schema)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema[nameof(ModelOutput.Score)].GetSlotNames(ref names);
        return names.DenseValues().Take(result.Score.Length).Select(name => name.ToString());
    }

    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(MLNetModelPath, out _));
    }
}
