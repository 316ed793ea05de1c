// Measures the model, beside what needs no network.
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
    /// Permutation feature importance: the growth of the root mean squared error in °C if one number of the windows is that of another day.
    /// </summary>
    /// <param name="mlContext">The context.</param>
    /// <param name="trainData">The days that the model is measured on, in order.</param>
    /// <param name="model">The model.</param>
    /// <param name="labelColumnName">The column that the model predicts.</param>
    /// <returns>The numbers of the windows by name, each with the growth, the most important first.</returns>
    public static List<Tuple<string, double>> CalculatePFI(
        MLContext mlContext, IDataView trainData, ITransformer model, string labelColumnName) =>
    [
        .. mlContext.Regression.PermutationFeatureImportance(model, model.Transform(trainData), labelColumnName, permutationCount: 10)
            .Select(slot => Tuple.Create(slot.Key, slot.Value.RootMeanSquaredError.Mean))
            .OrderByDescending(slot => slot.Item2),
    ];

    /// <summary>The rows of a view.</summary>
    public static IEnumerable<ModelInput> Rows(IDataView view) =>
        new MLContext().Data.CreateEnumerable<ModelInput>(view, reuseRowObject: false);
}
