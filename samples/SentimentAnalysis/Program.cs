// Learns from sentences of reviews which are praise and which are blame, and then from sentences where the order of words decides.
using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Shared;
using SentimentAnalysis;
using Spectre.Console;
using Engine = Microsoft.ML.PredictionEngine<SentimentAnalysis.SentimentModel.ModelInput, SentimentAnalysis.SentimentModel.ModelOutput>;

string pictures = PictureFolder.Of(args);
var mlContext = new MLContext(seed: 1);
(SentimentModel.ModelInput[] training, SentimentModel.ModelInput[] test) = WordOrder.Generate(training: 600, test: 300, seed: 1);
IDataView orderTraining = mlContext.Data.LoadFromEnumerable(training), orderTest = mlContext.Data.LoadFromEnumerable(test);

// SentimentModel.Train would train on the whole file, with the sentences of the test.
IDataView reviews = SentimentModel.LoadTrainingSentences(mlContext);
ITransformer model = SentimentModel.RetrainModel(mlContext, reviews);
SentimentModel.SaveModel(mlContext, model, reviews, SentimentModel.MLNetModelPath);
ITransformer orderModel = SentimentModel.RetrainModel(mlContext, orderTraining);

// How good it is, beside what needs no network.
MulticlassClassificationMetrics metrics = SentimentModel.Evaluate(mlContext, model);
ITransformer bagOfWords = SentimentModel.TrainBagOfWords(mlContext, reviews);
MulticlassClassificationMetrics bag = SentimentModel.Evaluate(mlContext, bagOfWords);
(double majority, double majorityLogLoss) = SentimentModel.EvaluateMajority(mlContext);
var table = new Table().AddColumns($"{metrics.ConfusionMatrix.Counts.Sum(row => row.Sum())} sentences of reviews", "accuracy", "log-loss");
table.AddRow("the more frequent class", $"{majority:P1}", $"{majorityLogLoss:F3}");
table.AddRow("bag of words, linear", $"{bag.MicroAccuracy:P1}", $"{bag.LogLoss:F3}");
table.AddRow("GRU", $"{metrics.MicroAccuracy:P1}", $"{metrics.LogLoss:F3}");
Tables.Write(table);

// The model that was saved, loaded and asked, and the linear model for comparison.
string[] texts =
[
    "The waiter was friendly, and the soup was good.", "What a waste of time.", "I would never buy it again.",
    "Not good, bad.", "Not bad, good.",
];
using Engine linear = mlContext.Model.CreatePredictionEngine<SentimentModel.ModelInput, SentimentModel.ModelOutput>(bagOfWords);
var answers = new Table().AddColumns("sentence", "GRU", "bag of words");
foreach (string text in texts)
{
    var input = new SentimentModel.ModelInput { Text = text };
    IOrderedEnumerable<KeyValuePair<string, float>> ofLinear =
        SentimentModel.GetSortedScoresWithLabels(linear.Predict(input), linear.OutputSchema);
    answers.AddRow(text, Likeliest(SentimentModel.PredictAllLabels(input)), Likeliest(ofLinear));
}
Tables.Write(answers);

// Trained on sentences where nothing but the order of words decides.
double order = Accuracy(orderModel), orderOfBag = Accuracy(SentimentModel.TrainBagOfWords(mlContext, orderTraining));
var orderTable = new Table().AddColumns($"{test.Length} sentences such as \"{test[0].Text}\"", "accuracy");
orderTable.AddRow("bag of words, linear", $"{orderOfBag:P1}");
orderTable.AddRow("GRU", $"{order:P1}");
Tables.Write(orderTable);

Picture.OfLearning(Path.Combine(pictures, "learning.png"), "nats", LearningCurve.Of("reviews", model));
string[] labels = [.. SentimentModel.GetLabels(SentimentModel.Predict(test[0]))];
Picture.OfConfusion(Path.Combine(pictures, "confusion.png"), metrics.ConfusionMatrix, labels);
Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

// The sample is also a check: it fails where the network has not learned.
return metrics.MicroAccuracy > majority + 0.2 && metrics.LogLoss < majorityLogLoss - 0.1 && order > orderOfBag + 0.2 ? 0 : 1;

double Accuracy(ITransformer transformer) => mlContext.MulticlassClassification.Evaluate(transformer.Transform(orderTest)).MicroAccuracy;

static string Likeliest(IEnumerable<KeyValuePair<string, float>> labels) => $"{labels.First().Key} {labels.First().Value:P0}";
