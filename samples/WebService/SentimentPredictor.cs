using Microsoft.Extensions.ObjectPool;
using SentimentAnalysis;
using Engine = Microsoft.ML.PredictionEngine<SentimentAnalysis.SentimentModel.ModelInput, SentimentAnalysis.SentimentModel.ModelOutput>;

namespace WebService;

/// <summary>
/// Asks the model, for any number of threads at once: an engine serves one at a time, and the pool makes another if all are busy.
/// </summary>
public sealed class SentimentPredictor(ObjectPool<Engine> engines)
{
    /// <summary>What the model says of a text.</summary>
    public PredictResponse Predict(string text)
    {
        Engine engine = engines.Get();
        SentimentModel.ModelOutput output = engine.Predict(new() { Text = text });
        OrderedDictionary<string, float> probabilities = new(SentimentModel.GetSortedScoresWithLabels(output, engine.OutputSchema));
        // Not in a finally block: an engine that threw is not used again.
        engines.Return(engine);
        return new(output.PredictedLabel, probabilities);
    }
}
