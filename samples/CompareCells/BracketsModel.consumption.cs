using Microsoft.ML;
using Microsoft.ML.Data;

namespace CompareCells;

/// <summary>Tells which bracket must close next.</summary>
public static partial class BracketsModel
{
    /// <summary>The file of the best model.</summary>
    public static readonly string ModelPath = Path.Combine(AppContext.BaseDirectory, "BracketsModel.zip");

    private static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> _engine = new(() =>
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(ModelPath, out _));
    });

    /// <summary>The beginning of nested brackets.</summary>
    public sealed class ModelInput
    {
        public string Text { get; set; } = "";

        /// <summary>The bracket that must close next.</summary>
        public string Next { get; set; } = "";
    }

    /// <summary>What the model says of a text.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The likeliest bracket.</summary>
        public string PredictedNext { get; set; } = "";

        /// <summary>The probability of each.</summary>
        public float[] Score { get; set; } = [];
    }

    public static ModelOutput Predict(string text) => _engine.Value.Predict(new() { Text = text });

    /// <summary>The probability of each bracket, the likeliest first.</summary>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(string text)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        _engine.Value.OutputSchema[nameof(ModelOutput.Score)].GetSlotNames(ref names);
        IEnumerable<string> brackets = names.DenseValues().Select(name => name.ToString());
        return brackets.Zip(Predict(text).Score, KeyValuePair.Create).OrderByDescending(bracket => bracket.Value);
    }
}
