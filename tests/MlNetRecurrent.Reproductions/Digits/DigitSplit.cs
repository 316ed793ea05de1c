namespace MlNetRecurrent.Reproductions.Digits;

/// <summary>What is learned from, and what the network is held against.</summary>
internal sealed record DigitSplit(SpokenDigit[] Training, SpokenDigit[] Test)
{
    /// <summary>
    /// The official split: the recordings 0 to 4 of each digit and speaker are the test. For validation, 5 to 9 take their place.
    /// </summary>
    public static DigitSplit Read(string folder, bool validate)
    {
        SpokenDigit[] digits = SpokenDigit.Read(folder);
        int first = validate ? 5 : 0, end = first + 5;
        SpokenDigit[] training = [.. digits.Where(digit => digit.Number >= end)];
        return new(training, [.. digits.Where(digit => digit.Number >= first && digit.Number < end)]);
    }
}
