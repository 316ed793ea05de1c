// Which bracket must close next? Six kinds of networks learn it from texts of up to 30 brackets, and are asked about texts of up to 120.
using CompareCells;
using Microsoft.ML;
using Samples.Shared;
using Spectre.Console;

const int trained = BracketsModel.LongestTrained, twice = 2 * trained, fourTimes = 4 * trained;

string pictures = args.Length > 0 ? args[0] : AppContext.BaseDirectory;
var mlContext = new MLContext(seed: 1);
IDataView texts = BracketsModel.LoadTrainingTexts(mlContext);

Trial[] trials = [.. Contestant.All.Select(contestant => Trial.Run(mlContext, texts, contestant))];
double[] guess = BracketsModel.EvaluateGuess();

var table = new Table().AddColumns("", "parameters", "learning rate", "s an epoch", $"right at {trained}", $"right at {twice}", $"right at {fourTimes}");
table.AddRow("a guess", "", "", "", $"{At(trained):P1}", $"{At(twice):P1}", $"{At(fourTimes):P1}");
foreach (Trial trial in trials)
    table.AddRow(trial.Contestant.Name, $"{trial.Contestant.Parameters}", $"{trial.LearningRate}", $"{trial.SecondsAnEpoch:F2}", $"{trial.At(trained):P1}", $"{trial.At(twice):P1}", $"{trial.At(fourTimes):P1}");
AnsiConsole.Write(table);

// The network that was best in validation, saved, loaded and asked.
Trial best = trials.MinBy(trial => trial.Curve.ValidationLosses.Min())!;
mlContext.Model.Save(best.Model, texts.Schema, BracketsModel.ModelPath);
const string text = "{[()[{}]](()())";
Console.WriteLine($"After {text}, says {best.Contestant.Name}, must come {BracketsModel.Predict(text).PredictedNext}");
foreach ((string bracket, float probability) in BracketsModel.PredictAllLabels(text))
    Console.WriteLine($"  {bracket} {probability,6:P0}");

double[] epochs = [.. Enumerable.Range(1, trials[0].Curve.ValidationLosses.Count).Select(epoch => (double)epoch)];
Picture.OfLines(Path.Combine(pictures, "learning.png"), "epoch", "loss in validation (nats)", epochs, trials.Select(trial => (trial.Contestant.Name, trial.Curve.ValidationLosses)));
double[] lengths = [.. BracketsModel.TestedLengths.Select(length => (double)length)];
Picture.OfLines(
    Path.Combine(pictures, "lengths.png"),
    $"length of the text (learnt from: up to {trained})",
    "part of the answers that are right",
    lengths,
    trials.Select(trial => (trial.Contestant.Name, (IReadOnlyList<double>)trial.Accuracy)).Append(("a guess", guess)));
Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

// The sample is also a check: all networks must know more than a guess, and stacks must have found the rule, which holds for any length.
return trials.All(trial => trial.At(trained) > At(trained) + 0.05) && trials[^1].At(fourTimes) > 0.95 ? 0 : 1;

double At(int length) => guess[Array.IndexOf(BracketsModel.TestedLengths, length)];
