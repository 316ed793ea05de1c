namespace SpokenDigits.Speech;

/// <summary>What is a speaker's own.</summary>
/// <param name="Name">What the speaker is called.</param>
/// <param name="Pitch">How often the vocal cords open, in Hz.</param>
/// <param name="Tract">How much higher the formants are than a man's: a shorter mouth and throat has higher ones.</param>
/// <param name="Accent">What each formant is multiplied with beyond that.</param>
/// <param name="Speed">How much faster than usual.</param>
/// <param name="Breath">How much air hisses along with the voice.</param>
public sealed record Speaker(string Name, double Pitch, double Tract, double[] Accent, double Speed, double Breath)
{
    public static Speaker Draw(string name, Random random)
    {
        // Who is small has both a short throat and a high voice.
        double size = random.NextDouble();
        return new(
            name,
            Pitch: 90 * Math.Pow(2.6, size) * Around(random, 0.15),
            Tract: 0.92 + 0.3 * size,
            Accent: [Around(random, 0.1), Around(random, 0.1), Around(random, 0.05)],
            Speed: 0.75 + 0.6 * random.NextDouble(),
            Breath: 0.2 * random.NextDouble());
    }

    /// <summary>A factor around 1.</summary>
    public static double Around(Random random, double spread) => Math.Exp(spread * (2 * random.NextDouble() - 1));
}
