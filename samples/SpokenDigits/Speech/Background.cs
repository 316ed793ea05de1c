namespace SpokenDigits.Speech;

/// <summary>The room in which a word is spoken.</summary>
public static class Background
{
    /// <summary>Puts silence before and after a word, and noise over all of it.</summary>
    /// <param name="word">The samples of the word.</param>
    /// <param name="decibels">How much louder the word is than the noise.</param>
    /// <param name="random">Where the noise comes from.</param>
    public static float[] Around(float[] word, double decibels, Random random)
    {
        float[] samples = [.. Silence(), .. word, .. Silence()];
        // From hissing to rumbling.
        double color = 0.95 * random.NextDouble(), last = 0;
        double[] noise = [.. samples.Select(_ => last = color * last + (2 * random.NextDouble() - 1))];
        double scale = Loudness(word.Select(sample => (double)sample)) / Loudness(noise) * Math.Pow(10, -decibels / 20);
        for (int i = 0; i < samples.Length; i++)
            samples[i] += (float)(scale * noise[i]);
        float largest = samples.Max(Math.Abs);
        return [.. samples.Select(sample => 0.9f * sample / largest)];

        float[] Silence() => new float[random.Next(Synthesiser.SamplingRate / 50, Synthesiser.SamplingRate / 4)];
    }

    private static double Loudness(IEnumerable<double> samples) => Math.Sqrt(samples.Average(sample => sample * sample));
}
