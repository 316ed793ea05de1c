// Learns from sentences of reviews which are praise and which are blame.
using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Shared;
using SentimentAnalysis;
using Spectre.Console;

string pictures = args.Length > 0 ? args[0] : AppContext.BaseDirectory;
var mlContext = new MLContext(seed: 1);

(ITransformer model, LearningCurve curve) = TrainingBars.Train("GRU", progress => SentimentModel.Train(SentimentModel.ModelPath, progress));

// How good it is, beside what needs no network.
MulticlassClassificationMetrics metrics = SentimentModel.Evaluate(mlContext, model);
ITransformer bagOfWords = SentimentModel.TrainBagOfWords(mlContext);
MulticlassClassificationMetrics bag = SentimentModel.Evaluate(mlContext, bagOfWords);
(double majority, double majorityLogLoss) = SentimentModel.EvaluateMajority(mlContext);
double sentences = metrics.ConfusionMatrix.Counts.Sum(row => row.Sum());
var table = new Table().AddColumns($"{sentences} sentences", "accuracy", "log-loss");
table.AddRow("the more frequent class", $"{majority:P1}", $"{majorityLogLoss:F3}");
table.AddRow("bag of words, linear", $"{bag.MicroAccuracy:P1}", $"{bag.LogLoss:F3}");
table.AddRow("GRU", $"{metrics.MicroAccuracy:P1}", $"{metrics.LogLoss:F3}");
AnsiConsole.Write(table);

// The model that was saved, loaded and asked, and the linear model for comparison.
string[] texts =
[
    "The waiter was friendly, and the soup was good.",
    "What a waste of time.",
    "I would buy it again.",
    "I would never buy it again.",
    "Not good, bad.",
    "Not bad, good.",
];
using PredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput> linear = mlContext.Model.CreatePredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput>(bagOfWords);
var answers = new Table().AddColumns("sentence", "GRU", "bag of words");
foreach (string text in texts)
{
    var input = new SentimentModel.ModelInput { Text = text };
    answers.AddRow(text, Likeliest(SentimentModel.PredictAllLabels(input)), Likeliest(SentimentModel.GetSortedScoresWithLabels(linear.Predict(input), linear.OutputSchema)));
}
AnsiConsole.Write(answers);

Picture.OfLearning(Path.Combine(pictures, "learning.png"), "nats", curve);
Picture.OfConfusion(Path.Combine(pictures, "confusion.png"), metrics.ConfusionMatrix, SentimentModel.GetLabels(model.GetOutputSchema(SentimentModel.LoadTestSentences(mlContext).Schema)));
Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

// The sample is also a check: it fails where the network has not learnt.
return metrics.MicroAccuracy > majority + 0.2 && metrics.LogLoss < majorityLogLoss - 0.1 ? 0 : 1;

static string Likeliest(IEnumerable<KeyValuePair<string, float>> labels) => $"{labels.First().Key} {labels.First().Value:P0}";
