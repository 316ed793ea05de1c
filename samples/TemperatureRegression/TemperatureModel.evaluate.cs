using Microsoft.ML;

namespace TemperatureRegression;

public static partial class TemperatureModel
{
    /// <summary>The forecasts for the test year: two that need no learning, a linear model's, and the network's.</summary>
    public static Forecast[] Evaluate(MLContext mlContext, ITransformer model)
    {
        IDataView training = LoadTrainingDays(mlContext), test = LoadTestDays(mlContext);
        // The days that have a whole window before them, and the day before the first.
        ModelInput[] days = [.. Rows(test).Skip(WindowSize - 1)];
        return
        [
            Forecast.Persistence(days),
            Forecast.OfSeason(days, [.. Rows(training)]),
            Forecast.OfModel("linear (SDCA)", BuildLinearPipeline(mlContext).Fit(training), test),
            Forecast.OfModel("GRU", model, test),
        ];
    }

    /// <summary>
    /// The growth of the root mean squared error in °C if one number of the windows is that of another day, most important first.
    /// </summary>
    public static IOrderedEnumerable<KeyValuePair<string, double>> CalculatePFI(MLContext mlContext, ITransformer model) =>
        mlContext.Regression
            .PermutationFeatureImportance(
                model, model.Transform(LoadTestDays(mlContext)), nameof(ModelInput.TempMax), permutationCount: 10)
            .Select(slot => KeyValuePair.Create(slot.Key, slot.Value.RootMeanSquaredError.Mean))
            .OrderByDescending(slot => slot.Value);

    /// <summary>The rows of a view.</summary>
    public static IEnumerable<ModelInput> Rows(IDataView view) =>
        new MLContext().Data.CreateEnumerable<ModelInput>(view, reuseRowObject: false);
}
