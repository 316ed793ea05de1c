using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Forecasts;

/// <summary>What the forecasts of all data sets share.</summary>
internal static class ForecastRuns
{
    private const int QuickEpochs = 2;

    /// <summary>The options with those of a run. The trainer chooses the number of epochs, except in a quick run.</summary>
    public static ForecastOptions With(this ForecastOptions options, RunSettings settings, int seed, TrainingBar bar)
    {
        options.Seed = seed;
        options.Progress = bar;
        if (settings.Quick)
            options.NumberOfEpochs = QuickEpochs;
        return options;
    }

    /// <summary>The scaling and the context, for a table.</summary>
    public static string Describe(ForecastOptions options) =>
        $"horizon {options.Horizon}, context {options.ContextLength}, {options.Scaling}";
}
