// Measures the model, beside what needs no network.
using Microsoft.ML;
using Microsoft.ML.Data;

namespace SeattleWeather;

public static partial class WeatherModel
{
    /// <summary>How good the forecasts for the test year are.</summary>
    public static MulticlassClassificationMetrics Evaluate(MLContext mlContext, ITransformer model) =>
        mlContext.MulticlassClassification.Evaluate(model.Transform(LoadTestDays(mlContext)));

    /// <summary>The forecasts that need no network, of the same days.</summary>
    public static (Baseline Baseline, double Accuracy, double LogLoss)[] EvaluateBaselines(MLContext mlContext)
    {
        Transition[] training = Transition.Of(Days(LoadTrainingDays(mlContext))), test = Transition.Of(Days(LoadTestDays(mlContext)));
        Baseline[] baselines = [Baseline.Majority(training), Baseline.Persistence(training)];
        return [.. baselines.Select(baseline => (baseline, baseline.Accuracy(test), baseline.LogLoss(test)))];
    }

    /// <summary>The days of a view that have a whole window before them, and the day before the first.</summary>
    private static ModelInput[] Days(IDataView view) => [.. Rows(view).Skip(WindowSize - 1)];

    /// <summary>The rows of a view.</summary>
    public static IEnumerable<ModelInput> Rows(IDataView view) =>
        new MLContext().Data.CreateEnumerable<ModelInput>(view, reuseRowObject: false);
}
