// Learns from 2012 to 2014 what kind of weather follows two weeks of weather in Seattle, and is tested on 2015.
using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Shared;
using SeattleWeather;
using Spectre.Console;

string pictures = PictureFolder.Of(args);
var mlContext = new MLContext(seed: 1);

// WeatherModel.Train would train on the whole file, with the test year.
IDataView training = WeatherModel.LoadTrainingDays(mlContext);
ITransformer model = WeatherModel.RetrainModel(mlContext, training);
WeatherModel.SaveModel(mlContext, model, training, WeatherModel.MLNetModelPath);

// How good it is, beside what needs no learning.
MulticlassClassificationMetrics metrics = WeatherModel.Evaluate(mlContext, model);
(Baseline Baseline, double Accuracy, double LogLoss)[] baselines = WeatherModel.EvaluateBaselines(mlContext);
var table = new Table().AddColumns("forecasts for 2015", "accuracy", "log-loss");
foreach ((Baseline baseline, double accuracy, double logLoss) in baselines)
    table.AddRow(baseline.Name, $"{accuracy:P1}", $"{logLoss:F3}");
table.AddRow("LSTM", $"{metrics.MicroAccuracy:P1}", $"{metrics.LogLoss:F3}");
AnsiConsole.Write(table);
Console.WriteLine("Most days are like the day before, which is hard to beat: look at both columns, "
    + "and at the rare kinds, which are hardly ever forecast.");

// The model that was saved, loaded and asked.
WeatherModel.ModelInput[] days = [.. WeatherModel.Rows(WeatherModel.LoadTestDays(mlContext))];
Console.WriteLine($"The last day of 2015 was {days[^1].Kind}; from the days before it, the model expected");
WeatherModel.ModelOutput forecast = WeatherModel.Predict(days[..^1]);
foreach ((string kind, float probability) in WeatherModel.GetSortedScoresWithLabels(forecast))
    Console.WriteLine($"  {kind,-8}{probability,6:P0}");

Picture.OfLearning(Path.Combine(pictures, "learning.png"), "nats", LearningCurve.Of("LSTM", model));
string[] kinds = [.. WeatherModel.GetLabels(forecast)];
Picture.OfConfusion(Path.Combine(pictures, "confusion.png"), metrics.ConfusionMatrix, kinds);
Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

// The sample is also a check: it fails where learning does not pay.
return metrics.LogLoss < baselines.Min(baseline => baseline.LogLoss) ? 0 : 1;
