using Microsoft.ML;
using Microsoft.ML.Data;

namespace SpokenDigits;

/// <summary>Tells which digit was spoken.</summary>
public static partial class DigitModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string ModelPath = Path.Combine(AppContext.BaseDirectory, "DigitModel.zip");

    private static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> _engine = new(() =>
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(ModelPath, out _));
    });

    /// <summary>A spoken word.</summary>
    public sealed class ModelInput
    {
        /// <summary>Any number of frames, one after the other.</summary>
        [VectorType(0, LogMel.Bands)]
        public float[] Frames { get; set; } = [];

        /// <summary>The digit, from 0 to 9.</summary>
        public string Digit { get; set; } = "";

        public static ModelInput Of(Recording recording) => new() { Frames = LogMel.Of(recording.Samples), Digit = $"{recording.Digit}" };
    }

    /// <summary>What the model says of a word.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The likeliest digit.</summary>
        public string PredictedDigit { get; set; } = "";

        /// <summary>The probability of each digit.</summary>
        public float[] Score { get; set; } = [];
    }

    /// <summary>The likeliest digit.</summary>
    public static ModelOutput Predict(ModelInput input) => _engine.Value.Predict(input);

    /// <summary>The probability of each digit, the likeliest first.</summary>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input) =>
        Digits(_engine.Value.OutputSchema).Zip(Predict(input).Score, KeyValuePair.Create).OrderByDescending(digit => digit.Value);

    /// <summary>The digits, in the order of the scores.</summary>
    public static string[] Digits(DataViewSchema schema)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema[nameof(ModelOutput.Score)].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
