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
            // These showed where earlier defaults failed, and so became sets to choose on.
            real.Sentences("yelp"), GeneratedSets.Counting(), GeneratedSets.Rhythm(), GeneratedSets.Walk(), GeneratedSets.Chance(),
            GeneratedSets.Adding(), GeneratedSets.Filter(), GeneratedSets.Energy(), FreshSets.Area(),
            .. new[]
            {
                real.Gunpoint(), real.Detox(), real.Bikes(), real.Digits(20), real.Digits(100), real.Names(),
                GeneratedSets.Frequency(), GeneratedSets.Trend(),
                FreshSets.Peaks(), FreshSets.Lag(), FreshSets.Letters(), FreshSets.Memory(), FreshSets.Subjects(), FreshSets.Kinds(),
                FreshSets.Dose(),
            }.Select(set => set with { IsUnseen = true }),
        ];
    }
}
