// Loads the model and predicts with it. The file has the methods that Model Builder generates.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CompareCells;

/// <summary>Tells which bracket must close next.</summary>
public static partial class BracketsModel
{
    /// <summary>The file of the best model.</summary>
    public static readonly string MLNetModelPath = Path.Combine(AppContext.BaseDirectory, "BracketsModel.zip");

    /// <summary>The engine of the methods below. Not thread-safe.</summary>
    public static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new(CreatePredictEngine, true);

    /// <summary>The beginning of nested brackets, which is a line of the file.</summary>
    public sealed class ModelInput
    {
        [LoadColumn(0), ColumnName("Text")]
        public string Text { get; set; } = "";

        /// <summary>The bracket that must close next; not needed to predict.</summary>
        [LoadColumn(1), ColumnName("Next")]
        public string Next { get; set; } = "";
    }

    /// <summary>The prediction for a text.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The most probable bracket.</summary>
        [ColumnName("PredictedNext")]
        public string PredictedLabel { get; set; } = "";

        /// <summary>The probability of each bracket.</summary>
        [ColumnName("Score")]
        public float[] Score { get; set; } = [];
    }

    /// <summary>Predicts the bracket that must close next.</summary>
    /// <param name="input">The text.</param>
    /// <returns>The prediction.</returns>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);

    /// <summary>Predicts the probability of each bracket.</summary>
    /// <param name="input">The text.</param>
    /// <returns>The brackets with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input) =>
        GetSortedScoresWithLabels(Predict(input));

    /// <summary>Adds the brackets to the probabilities of a prediction.</summary>
    /// <param name="result">The prediction.</param>
    /// <returns>The brackets with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput result) =>
        GetLabels(result).Zip(result.Score, KeyValuePair.Create).OrderByDescending(bracket => bracket.Value);

    /// <summary>The brackets, in the order of the probabilities.</summary>
    /// <param name="result">A prediction.</param>
    /// <returns>As many names as the prediction has probabilities.</returns>
    public static IEnumerable<string> GetLabels(ModelOutput result)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        PredictEngine.Value.OutputSchema[nameof(ModelOutput.Score)].GetSlotNames(ref names);
        return names.DenseValues().Take(result.Score.Length).Select(name => name.ToString());
    }

    private static PredictionEngine<ModelInput, ModelOutput> CreatePredictEngine()
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(MLNetModelPath, out _));
    }
}
