using MlNetRecurrent.Reproductions.Defaults.Sets;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Defaults;

/// <summary>The sets on which the defaults were chosen, and those on which they were not.</summary>
internal static class Suite
{
    public static IReadOnlyList<SuiteSet> Of(DataFolder data)
    {
        var real = new RealSets(data);
        return
        [
            real.Vowels(), real.Sentences("amazon"), real.OilTemperature(), real.Digits(5), real.PartsOfSpeech(1500),
            GeneratedSets.Pattern(), GeneratedSets.Order(), GeneratedSets.Gestures(), GeneratedSets.Recall(),
            .. new[]
            {
                real.Gunpoint(), real.Sentences("yelp"), real.Detox(), real.Bikes(), real.Digits(20), real.Digits(100), real.Names(),
                GeneratedSets.Counting(), GeneratedSets.Frequency(), GeneratedSets.Trend(), GeneratedSets.Rhythm(),
            }.Select(set => set with { IsUnseen = true }),
        ];
    }
}
