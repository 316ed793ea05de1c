using Microsoft.ML;
using Microsoft.ML.Data;

namespace AlgorithmicPatterns;

/// <summary>Tells which symbol follows the beginning of a word.</summary>
public static partial class PatternModel
{
    /// <summary>The file of the trained model.</summary>
    public static readonly string ModelPath = Path.Combine(AppContext.BaseDirectory, "PatternModel.zip");

    private static readonly Lazy<PredictionEngine<ModelInput, ModelOutput>> _engine = new(() =>
    {
        var mlContext = new MLContext();
        return mlContext.Model.CreatePredictionEngine<ModelInput, ModelOutput>(mlContext.Model.Load(ModelPath, out _));
    });

    /// <summary>A word, or its beginning.</summary>
    public sealed class ModelInput
    {
        /// <summary>Its symbols, such as aaabb.</summary>
        public string Text { get; set; } = "";

        /// <summary>What follows each of the symbols, here aabbb; empty where that is to be predicted.</summary>
        public string Next { get; set; } = "";
    }

    /// <summary>What the model says of a word.</summary>
    public sealed class ModelOutput
    {
        /// <summary>The likeliest symbol to follow each of the symbols.</summary>
        public string[] PredictedNext { get; set; } = [];

        /// <summary>The probability of each symbol to follow the first one, then the second one, and so on.</summary>
        public float[] Score { get; set; } = [];
    }

    /// <summary>The likeliest symbol to follow a beginning such as aaabb.</summary>
    public static string Predict(string text) => Ask(text).PredictedNext[^1];

    /// <summary>The probability of each symbol to follow a beginning, the likeliest first.</summary>
    public static IOrderedEnumerable<KeyValuePair<string, float>> PredictAllLabels(string text)
    {
        string[] symbols = SymbolsOf(_engine.Value.OutputSchema);
        return symbols.Zip(Ask(text).Score.TakeLast(symbols.Length), KeyValuePair.Create).OrderByDescending(symbol => symbol.Value);
    }

    private static ModelOutput Ask(string text) => _engine.Value.Predict(new() { Text = text });

    /// <summary>The symbols, in the order of the scores.</summary>
    private static string[] SymbolsOf(DataViewSchema schema)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        schema["PredictedLabel"].GetKeyValues(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
