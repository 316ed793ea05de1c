// Measures the model.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SpokenDigits;

public static partial class DigitModel
{
    /// <summary>How good the model is on some words.</summary>
    public static MulticlassClassificationMetrics Evaluate(MLContext mlContext, ITransformer model, IEnumerable<ModelInput> words) =>
        mlContext.MulticlassClassification.Evaluate(model.Transform(mlContext.Data.LoadFromEnumerable(words)));
}
