// Learns from 2012 to 2014 how warm the day after two weeks in Seattle is, and is tested on 2015.
using Microsoft.ML;
using Samples.Shared;
using Spectre.Console;
using TemperatureRegression;

string pictures = PictureFolder.Of(args);
var mlContext = new MLContext(seed: 1);

// As RetrainModel does it, with the trial kept for the picture. TemperatureModel.Train would train on the whole file, with the test year.
IDataView training = TemperatureModel.LoadTrainingDays(mlContext);
ITransformer trial = TemperatureModel.BuildPipeline(mlContext).Fit(training);
ITransformer model = TemperatureModel.RetrainModel(mlContext, training, trial.GetRecurrent().Training.BestEpoch);
TemperatureModel.SaveModel(mlContext, model, training, TemperatureModel.MLNetModelPath);

// How good it is, beside what needs no learning and what needs less. The linear model draws random numbers from the context, and so does
// the shuffling below: a new context makes both independent of the training.
var evaluation = new MLContext(seed: 1);
Forecast[] forecasts = TemperatureModel.Evaluate(evaluation, model);
var table = new Table().AddColumns("forecasts for 2015", "MAE (°C)", "RMSE (°C)", "R²");
foreach (Forecast forecast in forecasts)
{
    table.AddRow(
        forecast.Name, $"{forecast.Metrics.MeanAbsoluteError:F2}", $"{forecast.Metrics.RootMeanSquaredError:F2}",
        $"{forecast.Metrics.RSquared:F3}");
}
AnsiConsole.Write(table);

// Which number of the window matters.
IDataView test = TemperatureModel.LoadTestDays(evaluation);
List<Tuple<string, double>> importance =
    TemperatureModel.CalculatePFI(evaluation, test, model, nameof(TemperatureModel.ModelInput.TempMax))[..12];
Console.WriteLine("Where a number of the window is that of another day, the RMSE grows most for");
foreach ((string slot, double growth) in importance.Take(5))
    Console.WriteLine($"  {slot,-22}{growth,6:F2} °C");

// The model that was saved, loaded and asked.
TemperatureModel.ModelInput[] days = [.. TemperatureModel.Rows(test)];
Console.WriteLine($"The last day of 2015 had {days[^1].TempMax:F1} °C; from the days before it, "
    + $"the model expected {TemperatureModel.Predict(days[..^1]).Score:F1} °C.");

Forecast network = forecasts[^1];
days = days[^network.Values.Count..];
float[] actual = [.. days.Select(day => day.TempMax)];
Picture.OfLearning(Path.Combine(pictures, "learning.png"), "°C²", LearningCurve.Of("trial", trial));
Picture.OfPredictions(Path.Combine(pictures, "predictions.png"), "°C", actual, network.Values);
Picture.OfDays(
    Path.Combine(pictures, "year.png"), "highest temperature (°C)", days[0].Date,
    ("actual", actual), ("forecast the day before", network.Values));
Picture.OfBars(Path.Combine(pictures, "importance.png"), "growth of the RMSE (°C)", importance);
Console.WriteLine($"Pictures: {Path.Combine(pictures, "*.png")}");

// The sample is also a check: it fails where learning does not pay.
return network.Metrics.RootMeanSquaredError < forecasts[..2].Min(forecast => forecast.Metrics.RootMeanSquaredError) ? 0 : 1;
