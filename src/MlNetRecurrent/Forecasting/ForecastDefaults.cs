namespace MlNetRecurrent.Forecasting;

/// <summary>Chooses the options of a training that are not set.</summary>
internal static class ForecastDefaults
{
    private const int Updates = 400, FewestEpochs = 20, MostEpochs = 500;

    /// <summary>A long series is cut into few pieces: smaller batches let an epoch update the weights at least so often.</summary>
    private const int BatchesOfEpoch = 8, SmallestBatch = 4, LargestBatch = 32;

    private const float LearningRate = 0.01f;

    public static ForecastOptions Complete(ForecastOptions given, DataStatistics data, NetworkDefinition network)
    {
        ForecastOptions options = given.Copy();
        if (options.Schedule == LearningRateSchedule.Automatic)
            options.Schedule = LearningRateSchedule.OneCycle;
        if (!options.HasBatchSize)
            options.BatchSize = Math.Clamp(data.Count / BatchesOfEpoch, SmallestBatch, LargestBatch);
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
