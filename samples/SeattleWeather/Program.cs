// Learns from 2012 to 2014 what kind of weather follows two weeks of weather in Seattle, and is tested on 2015.
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent;
using SeattleWeather;
using Spectre.Console;

const int windowSize = 14;
var testBegins = new DateTime(2015, 1, 1);

// 1. Data: the days as the file has them, split by time, since a forecast must not have seen the future. The first day of the test has two weeks before it.
var ml = new MLContext(seed: 1);
string path = Path.Combine(AppContext.BaseDirectory, "seattle-weather.csv");
IDataView file = ml.Data.LoadFromTextFile<WeatherDay>(path, separatorChar: ',', hasHeader: true);
IDataView trainingView = ml.Data.FilterByCustomPredicate<WeatherDay>(file, day => day.Date >= testBegins);
IDataView testView = ml.Data.FilterByCustomPredicate<WeatherDay>(file, day => day.Date < testBegins.AddDays(-windowSize));

// 2. Training, with a progress bar. Size, learning rate, noise and epochs were chosen on 2014, trained on 2012 and 2013.
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
            WeightNoise = 0.05f,
            Seed = 1,
            Progress = new ProgressBar(bar),
        };
        // Rain falls on few days and then a lot, so its logarithm tells more than the amount. Each day has the two weeks before it beside it, and is the one to forecast.
        return ml.Transforms.Expression("LogPrecipitation", "(x) => log(1 + x)", nameof(WeatherDay.Precipitation))
            .Append(ml.Transforms.Categorical.OneHotEncoding("KindOfDay", nameof(WeatherDay.Kind)))
            .Append(ml.Transforms.SlidingWindow("Features", ["LogPrecipitation", nameof(WeatherDay.TempMax), nameof(WeatherDay.TempMin), nameof(WeatherDay.Wind), "KindOfDay"], windowSize, horizon: 1))
            .Append(ml.Transforms.Conversion.MapValueToKey("Label", nameof(WeatherDay.Kind)))
            .Append(ml.MulticlassClassification.Trainers.Recurrent(options))
            .Append(ml.Transforms.Conversion.MapKeyToValue(nameof(WeatherForecast.PredictedKind), "PredictedLabel"))
            .Fit(trainingView);
    });

// 3. How good it is, beside what needs no learning.
MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(model.Transform(testView));
WeatherDay[] trainingDays = Days(trainingView), testDays = Days(testView);
Transition[] training = Transition.Of(trainingDays[(windowSize - 1)..]), test = Transition.Of(testDays[(windowSize - 1)..]);
Baseline majority = Baseline.Majority(training), persistence = Baseline.Persistence(training);
var table = new Table().AddColumns($"forecast for {test.Length} days of {testBegins.Year}", "accuracy", "log-loss");
Add("the most frequent kind", majority.Accuracy(test), majority.LogLoss(test));
Add("as today", persistence.Accuracy(test), persistence.LogLoss(test));
Add($"LSTM, trained on {training.Length} days", metrics.MicroAccuracy, metrics.LogLoss);
AnsiConsole.Write(table);
Console.WriteLine(metrics.ConfusionMatrix.GetFormattedConfusionTable());
Console.WriteLine("Most days are like the day before, which is hard to beat: look at both columns, and at the rows of the rare kinds, which are hardly ever forecast.");

// 4. Save, load in a fresh context, and forecast: a prediction engine is told day after day.
string zip = Path.Combine(AppContext.BaseDirectory, "seattle-weather.zip");
ml.Model.Save(model, trainingView.Schema, zip);
var fresh = new MLContext();
ITransformer loaded = fresh.Model.Load(zip, out _);
using PredictionEngine<WeatherDay, WeatherForecast> engine = fresh.Model.CreatePredictionEngine<WeatherDay, WeatherForecast>(loaded);
WeatherForecast forecast = new();
foreach (WeatherDay day in testDays[^(windowSize + 1)..^1])
    forecast = engine.Predict(day);
WeatherDay last = testDays[^1];
Console.WriteLine($"Loaded from {Path.GetFileName(zip)} and told of the two weeks before: the forecast for {last.Date:yyyy-MM-dd} is {forecast.PredictedKind} ({forecast.Score.Max():P0}); it was {last.Kind}.");

// The sample is also a check: it fails where learning does not pay.
return metrics.LogLoss < Math.Min(majority.LogLoss(test), persistence.LogLoss(test)) ? 0 : 1;

void Add(string name, double accuracy, double logLoss) => table.AddRow(name, $"{accuracy:P1}", $"{logLoss:F3}");

WeatherDay[] Days(IDataView view) => [.. ml.Data.CreateEnumerable<WeatherDay>(view, reuseRowObject: false)];
