// Learns the hourly demand of six substations, and forecasts the next 48 hours of each with an interval.
using EnergyForecast;
using Microsoft.ML;
using Samples.Shared;
using Spectre.Console;

const int TrainingDays = 84, TestDays = 21, Shown = 5 * 24;
string pictures = PictureFolder.Of(args);
var mlContext = new MLContext(seed: 1);

// After the test there are two more days, whose demand nobody has seen.
EnergyModel.ModelInput[] rows = [.. Substations.Generate(TrainingDays + TestDays + 2, seed: 1)];
DateTime testBegins = rows[0].Time.AddDays(TrainingDays), now = testBegins.AddDays(TestDays);

IDataView training = EnergyModel.LoadTrainingHours(mlContext, rows.Where(row => row.Time < testBegins));
ITransformer model = EnergyModel.RetrainModel(mlContext, training);
EnergyModel.SaveModel(mlContext, model, training, EnergyModel.MLNetModelPath);

// Forecasts from each midnight of the test, beside what needs no learning.
ForecastErrors[] all = EnergyModel.Evaluate(model, rows.Where(row => row.Time < now), testBegins);
var table = new Table().AddColumns("forecasts of two days", "error, day 1", "error, day 2", "within the interval");
foreach (ForecastErrors errors in all)
{
    table.AddRow(
        errors.Name, $"{errors.FirstDay:F1}%", $"{errors.SecondDay:F1}%",
        double.IsNaN(errors.Coverage) ? "" : $"{100 * errors.Coverage:F0}%");
}
Tables.Write(table);

// The model that was saved, loaded and asked: the hours to come have a temperature, but no demand.
ILookup<string, EnergyModel.ModelInput> actual = rows.ToLookup(row => row.Substation);
EnergyModel.ModelInput[] known = [.. rows.Select(row => row.Time < now ? row : EnergyModel.WithoutDemand(row))];
EnergyModel.ModelOutput[] forecasts = EnergyModel.Predict(known);
Console.WriteLine("The peak of the next 48 hours:");
foreach (EnergyModel.ModelOutput output in forecasts)
{
    int peak = output.Forecast.Index().MaxBy(hour => hour.Item).Index;
    Console.WriteLine($"  {output.Substation,-12}{output.Forecast[peak],6:F0} kW on {output.Time.AddHours(peak + 1):ddd HH:mm}, "
        + $"between {output.Quantile(0)[peak]:F0} and {output.Quantile(2)[peak]:F0} kW with 80% probability");
}

EnergyModel.ModelOutput drawn = forecasts.First(output => output.Substation == "Old Town");
Picture.OfInterval(
    Path.Combine(pictures, "forecast.png"), "demand of Old Town (kW)", now.AddHours(-Shown),
    [.. actual[drawn.Substation].Select(row => row.Demand).TakeLast(Shown + EnergyModel.Horizon)],
    drawn.Forecast, drawn.Quantile(0), drawn.Quantile(2));
Console.Error.WriteLine($"Picture: {Path.Combine(pictures, "forecast.png")}");

// The sample is also a check: it fails where learning does not pay.
return all[^1].SecondDay < all[..2].Min(errors => errors.SecondDay) ? 0 : 1;
