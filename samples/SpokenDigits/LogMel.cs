using NWaves.FeatureExtractors;
using NWaves.FeatureExtractors.Options;
using NWaves.Filters.Fda;
using NWaves.Windows;
using SpokenDigits.Speech;

namespace SpokenDigits;

/// <summary>
/// The loudness of a sound in each band of frequencies, a hundred times a second; the bands are as wide as the ear hears them.
/// </summary>
public static class LogMel
{
    /// <summary>The bands of a frame.</summary>
    public const int Bands = 20;

    private const int FftSize = 256;

    /// <summary>The frames of a sound one after the other, each of <see cref="Bands"/> numbers in decibels.</summary>
    public static float[] Of(float[] samples)
    {
        var extractor = new FilterbankExtractor(new FilterbankOptions
        {
            SamplingRate = Synthesiser.SamplingRate,
            FrameDuration = 0.025,
            HopDuration = 0.010,
            FftSize = FftSize,
            FilterBank = FilterBanks.Triangular(
                FftSize, Synthesiser.SamplingRate, FilterBanks.MelBands(Bands, Synthesiser.SamplingRate, lowFreq: 80)),
            NonLinearity = NonLinearityType.ToDecibel,
            Window = WindowType.Hamming,
            PreEmphasis = 0.97,
        });
        return [.. extractor.ComputeFrom(samples).SelectMany(frame => frame)];
    }
}
