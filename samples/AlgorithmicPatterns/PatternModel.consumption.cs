// Loads the model and predicts with it. The file has the methods that Model Builder generates.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AlgorithmicPatterns;

/// <summary>Tells which symbol follows the beginning of a word.</summary>
public static partial class PatternModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string MLNetModelPath = Path.Combine(AppContext.BaseDirectory, "PatternModel.zip");

    /// <summary>The engine of the methods below. Not thread-safe.</summary>
    public static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new(CreatePredictEngine, true);

    /// <summary>A word, or its beginning, which is a line of the file.</summary>
    public sealed class ModelInput
    {
        /// <summary>Its symbols, such as aaabb.</summary>
        [LoadColumn(0), ColumnName("Text")]
        public string Text { get; set; } = "";

        /// <summary>What follows each of the symbols, here aabbb; not needed to predict.</summary>
        [LoadColumn(1), ColumnName("Next")]
        public string Next { get; set; } = "";
    }

    /// <summary>The prediction for a word.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The most probable symbol to follow each of the symbols.</summary>
        [ColumnName("PredictedNext")]
        public string[] PredictedLabel { get; set; } = [];

        /// <summary>The probability of each symbol to follow the first one, then the second one, and so on.</summary>
        [ColumnName("Score")]
        public float[] Score { get; set; } = [];
    }

    /// <summary>Predicts what follows each symbol.</summary>
    /// <param name="input">The word, or its beginning.</param>
    /// <returns>The prediction.</returns>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);

    /// <summary>Predicts the probability of each symbol to follow the last one.</summary>
    /// <param name="input">The word, or its beginning.</param>
    /// <returns>The symbols with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input) =>
        GetSortedScoresWithLabels(Predict(input));

    /// <summary>Adds the symbols to the probabilities after the last one.</summary>
    /// <param name="result">The prediction.</param>
    /// <returns>The symbols with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput result)
    {
        string[] symbols = [.. GetLabels(result)];
        return symbols.Zip(result.Score.TakeLast(symbols.Length), KeyValuePair.Create).OrderByDescending(symbol => symbol.Value);
    }

    /// <summary>The symbols, in the order of the probabilities.</summary>
    /// <param name="result">A prediction.</param>
    /// <returns>As many names as the prediction has probabilities at each step.</returns>
    public static IEnumerable<string> GetLabels(ModelOutput result)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        PredictEngine.Value.OutputSchema["PredictedLabel"].GetKeyValues(ref names);
        int symbols = result.Score.Length / Math.Max(1, result.PredictedLabel.Length);
        return names.DenseValues().Take(symbols).Select(name => name.ToString());
    }

    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(MLNetModelPath, out _));
    }
}
