using System.Globalization;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Forecasting;

/// <summary>All that the result of a training depends on.</summary>
internal static class ForecastFingerprint
{
    public static IReadOnlyList<FingerprintEntry> Of(ForecastOptions options, NetworkDefinition network, DataStatistics data) =>
    [
        new("the network", RecordJson.WriteText(network)),
        new(nameof(ForecastOptions.ContextLength), Text(options.ContextLength)),
        new(nameof(ForecastOptions.Scaling), options.Scaling.ToString()),
        new(nameof(ForecastOptions.BatchSize), Text(options.BatchSize)),
        new(nameof(ForecastOptions.LearningRate), Text(options.LearningRate)),
        new(nameof(ForecastOptions.Optimizer), options.Optimizer.ToString()),
        new(nameof(ForecastOptions.Schedule), options.Schedule.ToString()),
        new(nameof(ForecastOptions.WeightDecay), Text(options.WeightDecay)),
        new(nameof(ForecastOptions.Momentum), Text(options.Momentum)),
        new(nameof(ForecastOptions.GradientClipNorm), Text(options.GradientClipNorm)),
        new(nameof(ForecastOptions.ValidationFraction), Text(options.ValidationFraction)),
        new("the number of pieces to learn from", Text(data.Count)),
        new("the hash of the data", data.Hash.ToString("x16", CultureInfo.InvariantCulture)),
        .. EntriesOfSome(options),
    ];

    /// <summary>Options that do not always matter: a seed that is not set is that of the checkpoint, and few schedules have an
    /// end.</summary>
    private static IEnumerable<FingerprintEntry> EntriesOfSome(ForecastOptions options)
    {
        if (options.Seed is { } seed)
            yield return new(nameof(ForecastOptions.Seed), Text(seed));
        if (options.Schedule is LearningRateSchedule.Cosine or LearningRateSchedule.OneCycle)
            yield return new(nameof(ForecastOptions.NumberOfEpochs), Text(options.NumberOfEpochs));
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
