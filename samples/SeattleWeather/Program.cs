// Learns from 2012 to 2014 what kind of weather follows two weeks of weather in Seattle, and is tested on 2015.
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent;
using SeattleWeather;
using Spectre.Console;

const int testYear = 2015;

// 1. Data: the file's days, cut into windows, and split by time, since a forecast must not have seen the future.
var ml = new MLContext(seed: 1);
string path = Path.Combine(AppContext.BaseDirectory, "seattle-weather.csv");
IDataView file = ml.Data.LoadFromTextFile<WeatherDay>(path, separatorChar: ',', hasHeader: true);
WeatherDay[] days = [.. ml.Data.CreateEnumerable<WeatherDay>(file, reuseRowObject: false)];
WeatherWindow[] windows = [.. WeatherWindow.Cut(days)];
WeatherWindow[] training = [.. windows.Where(window => window.TomorrowsDate.Year < testYear)];
WeatherWindow[] test = [.. windows.Where(window => window.TomorrowsDate.Year == testYear)];
IDataView trainingView = ml.Data.LoadFromEnumerable(training), testView = ml.Data.LoadFromEnumerable(test);

// 2. Training, with a progress bar. Size, learning rate and epochs were chosen on 2014, trained on 2012 and 2013.
ITransformer model = AnsiConsole.Progress()
    .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
    .Start(console =>
    {
        ProgressTask bar = console.AddTask("LSTM", maxValue: 1);
        var options = new RecurrentOptions
        {
            Layers = [new LstmLayer(16)],
            BatchSize = 16,
            LearningRate = 3e-3f,
            NumberOfEpochs = 6,
            Seed = 1,
            Progress = new ProgressBar(bar),
        };
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(WeatherWindow.Tomorrow))
            .Append(ml.MulticlassClassification.Trainers.Recurrent(options))
            .Append(ml.Transforms.Conversion.MapKeyToValue(nameof(WeatherForecast.PredictedKind), "PredictedLabel"))
            .Fit(trainingView);
    });

// 3. How good it is, beside what needs no learning.
MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(testView));
Baseline majority = Baseline.Majority(training), persistence = Baseline.Persistence(training);
var table = new Table().AddColumns($"forecast for {test.Length} days of {testYear}", "accuracy", "log-loss");
Add("the most frequent kind", majority.Accuracy(test), majority.LogLoss(test));
Add("as today", persistence.Accuracy(test), persistence.LogLoss(test));
Add($"LSTM, trained on {training.Length} days", metrics.MicroAccuracy, metrics.LogLoss);
AnsiConsole.Write(table);
Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());
Console.WriteLine("Most days are like the day before, which is hard to beat: look at both columns, and at the rows of the rare kinds, which are hardly ever forecast.");

// 4. Save, load in a fresh context, and predict one row.
string zip = Path.Combine(AppContext.BaseDirectory, "seattle-weather.zip");
ml.Model.Save(model, trainingView.Schema, zip);
var fresh = new MLContext();
ITransformer loaded = fresh.Model.Load(zip, out _);
using PredictionEngine<WeatherWindow, WeatherForecast> engine = fresh.Model.CreatePredictionEngine<WeatherWindow, WeatherForecast>(loaded);
WeatherWindow last = test[^1];
WeatherForecast forecast = engine.Predict(last);
Console.WriteLine($"Loaded from {Path.GetFileName(zip)}: the forecast for {last.TomorrowsDate:yyyy-MM-dd} is {forecast.PredictedKind} ({forecast.Score.Max():P0}); it was {last.Tomorrow}.");

// The sample is also a check: it fails where learning does not pay.
return metrics.LogLoss < Math.Min(majority.LogLoss(test), persistence.LogLoss(test)) ? 0 : 1;

void Add(string name, double accuracy, double logLoss) => table.AddRow(name, $"{accuracy:P1}", $"{logLoss:F3}");
