namespace MlNetRecurrent.Forecasting;

/// <summary>Chooses the options of a training that are not set.</summary>
internal static class ForecastDefaults
{
    private const int Updates = 1500, FewestEpochs = 10, MostEpochs = 500, BatchSize = 32;

    private const float LearningRate = 5e-3f;

    public static ForecastOptions Complete(ForecastOptions given, DataStatistics data, NetworkDefinition network)
    {
        ForecastOptions options = given.Copy();
        if (options.Schedule == LearningRateSchedule.Automatic)
            options.Schedule = LearningRateSchedule.OneCycle;
        if (!options.HasBatchSize)
            options.BatchSize = BatchSize;
        if (!options.HasLearningRate)
            options.LearningRate = LearningRate / network.Layers.Count;
        if (!options.HasNumberOfEpochs)
        {
            int batches = (data.Count - 1) / options.BatchSize + 1;
            options.NumberOfEpochs = Math.Clamp(Updates / batches, FewestEpochs, MostEpochs);
        }
        return options;
    }
}
