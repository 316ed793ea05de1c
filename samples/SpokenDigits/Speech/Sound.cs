namespace SpokenDigits.Speech;

/// <summary>What the mouth aims at for a while: the frequencies at which it resonates (formants), and what makes them sound.</summary>
/// <param name="Formants">The first three formants of a man, in Hz.</param>
/// <param name="Milliseconds">How long it lasts.</param>
/// <param name="Voice">How loud the vocal cords are; a vowel is 1.</param>
/// <param name="Noise">How loud the hissing of the air is.</param>
/// <param name="NoiseFrequency">Where it hisses most, in Hz.</param>
public sealed record Sound(double[] Formants, double Milliseconds, double Voice, double Noise, double NoiseFrequency)
{
    public static Sound Vowel(double f1, double f2, double f3, double milliseconds) =>
        new([f1, f2, f3], milliseconds, Voice: 1, Noise: 0, NoiseFrequency: 3000);

    /// <summary>Voiced, but not as open as a vowel.</summary>
    public static Sound Consonant(double f1, double f2, double f3, double milliseconds, double voice) =>
        new([f1, f2, f3], milliseconds, voice, Noise: 0, NoiseFrequency: 3000);

    /// <summary>Air that hisses.</summary>
    public static Sound Hiss(double frequency, double milliseconds, double noise, double voice = 0) =>
        new([300, 1500, 2500], milliseconds, voice, noise, frequency);

    /// <summary>The mouth is closed.</summary>
    public static Sound Silence(double milliseconds) => new([300, 1500, 2500], milliseconds, Voice: 0, Noise: 0, NoiseFrequency: 3000);
}
