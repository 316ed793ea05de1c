namespace SpokenDigits.Speech;

/// <summary>How the digits are spoken.</summary>
public static class Pronunciation
{
    /// <summary>The formants are about those that Peterson and Barney measured in 1952.</summary>
    private static readonly Dictionary<string, Sound[]> _phonemes = new()
    {
        ["ah"] = [Sound.Vowel(620, 1200, 2550, 130)],
        ["ao"] = [Sound.Vowel(570, 840, 2410, 130)],
        ["ax"] = [Sound.Vowel(500, 1500, 2500, 60)],
        ["ay"] = [Sound.Vowel(710, 1100, 2540, 100), Sound.Vowel(400, 2000, 2550, 80)],
        ["eh"] = [Sound.Vowel(530, 1840, 2480, 100)],
        ["ey"] = [Sound.Vowel(480, 1900, 2500, 80), Sound.Vowel(330, 2200, 2700, 80)],
        ["ih"] = [Sound.Vowel(390, 1990, 2550, 80)],
        ["iy"] = [Sound.Vowel(270, 2290, 3010, 150)],
        ["ow"] = [Sound.Vowel(500, 900, 2400, 90), Sound.Vowel(350, 750, 2300, 80)],
        ["uw"] = [Sound.Vowel(310, 870, 2250, 160)],
        ["n"] = [Sound.Consonant(250, 1500, 2400, 80, voice: 0.3)],
        ["r"] = [Sound.Consonant(330, 1060, 1400, 70, voice: 0.6)],
        ["w"] = [Sound.Consonant(290, 610, 2150, 70, voice: 0.5)],
        ["f"] = [Sound.Hiss(2800, 100, noise: 0.08)],
        ["s"] = [Sound.Hiss(3700, 120, noise: 0.3)],
        ["th"] = [Sound.Hiss(3300, 90, noise: 0.06)],
        ["v"] = [Sound.Hiss(2800, 60, noise: 0.05, voice: 0.2)],
        ["z"] = [Sound.Hiss(3700, 90, noise: 0.2, voice: 0.2)],
        ["k"] = [Sound.Silence(50), Sound.Hiss(1900, 25, noise: 0.3)],
        ["t"] = [Sound.Silence(50), Sound.Hiss(3500, 30, noise: 0.3)],
    };

    /// <summary>The sounds of each digit, one after the other.</summary>
    public static Sound[][] OfDigits { get; } =
    [
        .. new[] { "z ih r ow", "w ah n", "t uw", "th r iy", "f ao r", "f ay v", "s ih k s", "s eh v ax n", "ey t", "n ay n" }
            .Select(word => word.Split(' ').SelectMany(phoneme => _phonemes[phoneme]).ToArray()),
    ];
}
