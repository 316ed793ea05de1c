using Microsoft.ML;

namespace MlNetRecurrent.Tests;

/// <summary>Short trainings whose checkpoints hold different kinds of state.</summary>
internal static class CheckpointTraining
{
    public static RecurrentOptions Options(string kind)
    {
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 5;
        options.BatchSize = 16;
        options.Schedule = Enum.TryParse(kind, out LearningRateSchedule schedule) ? schedule : LearningRateSchedule.Constant;
        options.WeightNoise = kind == "noise" ? 0.1f : 0;
        options.CacheMegabytes = kind == "streamed" ? 0 : 256;
        options.ShufflePoolSize = kind == "streamed" ? 50 : 0;
        options.ValidationFraction = kind == "validation" ? 0.2 : 0;
        return options;
    }

    public static RecurrentTransformer Fit(MLContext ml, RecurrentOptions options, IEnumerable<Example> rows) =>
        ml.MulticlassClassification.Trainers.Recurrent(options).Fit(Keyed(ml, rows));

    public static IDataView Keyed(MLContext ml, IEnumerable<Example> rows)
    {
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        return ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
    }
}
