// Loads the model and predicts with it. The file has the methods that Model Builder generates.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SpokenDigits;

/// <summary>Tells which digit was spoken.</summary>
public static partial class DigitModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string MLNetModelPath = Path.Combine(AppContext.BaseDirectory, "DigitModel.zip");

    /// <summary>The engine of the methods below. Not thread-safe.</summary>
    public static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> PredictEngine = new(CreatePredictEngine, true);

    /// <summary>A spoken word.</summary>
    public sealed class ModelInput
    {
        /// <summary>Any number of frames, one after the other.</summary>
        [VectorType(0, LogMel.Bands), ColumnName("Frames")]
        public float[] Frames { get; set; } = [];

        /// <summary>The digit, from 0 to 9; not needed to predict.</summary>
        [ColumnName("Digit")]
        public string Digit { get; set; } = "";

        public static ModelInput Of(Recording recording) => new() { Frames = LogMel.Of(recording.Samples), Digit = $"{recording.Digit}" };
    }

    /// <summary>A line of the list from which the model can be trained again.</summary>
    public sealed class ListedRecording
    {
        /// <summary>A WAV file of 8000 samples a second, by its path from the folder of the list.</summary>
        [LoadColumn(0), ColumnName("File")]
        public string File { get; set; } = "";

        /// <summary>The digit that is spoken, from 0 to 9.</summary>
        [LoadColumn(1), ColumnName("Digit")]
        public string Digit { get; set; } = "";
    }

    /// <summary>The prediction for a word.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The most probable digit.</summary>
        [ColumnName("PredictedDigit")]
        public string PredictedLabel { get; set; } = "";

        /// <summary>The probability of each digit.</summary>
        [ColumnName("Score")]
        public float[] Score { get; set; } = [];
    }

    /// <summary>Predicts the digit of a word.</summary>
    /// <param name="input">The word.</param>
    /// <returns>The prediction.</returns>
    public static ModelOutput Predict(ModelInput input) => PredictEngine.Value.Predict(input);

    /// <summary>Predicts the probability of each digit.</summary>
    /// <param name="input">The word.</param>
    /// <returns>The digits with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input) =>
        GetSortedScoresWithLabels(Predict(input));

    /// <summary>Adds the digits to the probabilities of a prediction.</summary>
    /// <param name="result">The prediction.</param>
    /// <returns>The digits with their probabilities, the most probable first.</returns>
    public static IOrderedEnumerable<KeyValuePair<string, float>> GetSortedScoresWithLabels(ModelOutput result) =>
        GetLabels(result).Zip(result.Score, KeyValuePair.Create).OrderByDescending(digit => digit.Value);

    /// <summary>The digits, in the order of the probabilities.</summary>
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
