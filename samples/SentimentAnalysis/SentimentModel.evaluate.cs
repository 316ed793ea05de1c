// Measures the model, beside what needs no network.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SentimentAnalysis;

public static partial class SentimentModel
{
    /// <summary>How good a model is on the sentences of the test.</summary>
    public static MulticlassClassificationMetrics Evaluate(MLContext mlContext, ITransformer model) =>
        mlContext.MulticlassClassification.Evaluate(model.Transform(LoadTestSentences(mlContext)));

    /// <summary>The accuracy and log-loss of saying of each sentence what most of the training sentences are.</summary>
    public static (double Accuracy, double LogLoss) EvaluateMajority(MLContext mlContext)
    {
        Dictionary<string, int> counts = Sentiments(LoadTrainingSentences(mlContext)).CountBy(sentiment => sentiment).ToDictionary();
        string[] test = [.. Sentiments(LoadTestSentences(mlContext))];
        string majority = counts.MaxBy(count => count.Value).Key;
        double all = counts.Values.Sum();
        double accuracy = test.Average(sentiment => sentiment == majority ? 1.0 : 0.0);
        return (accuracy, test.Average(sentiment => -Math.Log(counts[sentiment] / all)));
    }

    /// <summary>
    /// The usual model of ML.NET for texts: a linear model on the counts of words, pairs of words, and three letters in a row. Its L2 was
    /// chosen as the network's options were.
    /// </summary>
    public static ITransformer TrainBagOfWords(MLContext mlContext, IDataView trainData) =>
        mlContext.Transforms.Text.FeaturizeText("Features", nameof(ModelInput.Text))
            .Append(mlContext.Transforms.Conversion.MapValueToKey("Label", nameof(ModelInput.Sentiment)))
            .Append(mlContext.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 0.3f))
            .Append(mlContext.Transforms.Conversion.MapKeyToValue("PredictedSentiment", "PredictedLabel"))
            .Fit(trainData);

    private static IEnumerable<string> Sentiments(IDataView data) => data.GetColumn<string>(nameof(ModelInput.Sentiment));
}
