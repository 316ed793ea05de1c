using System.Text.RegularExpressions;

namespace MlNetRecurrent.Data;

/// <summary>The name of a slot, taken apart.</summary>
/// <param name="Series">
/// What the slot is one step of: the name without its place. It is empty where the name is a place alone, and null where there is no name.
/// </param>
/// <param name="Place">Which step of it, as the name says it; empty where it does not.</param>
/// <param name="HasLag">Whether the place is a lag, as windows have it: <c>Wind[t-3]</c>.</param>
/// <param name="IsMade">Whether the name was made by a transform of this library for a column that had none: <c>Features.1[3]</c>.</param>
internal readonly partial record struct StepName(string? Series, string Place, bool HasLag, bool IsMade)
{
    private const string
        Number = @"\d+",
        Month = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|" +
            "aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?",
        Word = "one|two|three|four|five|six|seven|eight|nine|ten|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth",
        Day = "(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?";

    public static StepName Parse(string name)
    {
        if (name.Length == 0)
            return new(null, "", HasLag: false, IsMade: false);
        if (Bracketed().Match(name) is { Success: true } bracketed)
        {
            string step = bracketed.Groups["place"].Value;
            bool isLag = step[0] == 't';
            return new($"{bracketed.Groups["before"].Value}[]{bracketed.Groups["after"].Value}", step, HasLag: isLag, IsMade: !isLag);
        }
        string masked = Count().Replace(name, "#");
        string place = string.Join(',', Count().Matches(name).Select(match => match.Value));
        return new(Suffix().Replace(masked, ""), place, HasLag: false, IsMade: false);
    }

    [GeneratedRegex(@"^(?<before>.*)\[(?<place>t(?:[+-]\d+)?|\d+)\](?<after>[^\[\]]*)$", RegexOptions.Singleline)]
    private static partial Regex Bracketed();

    /// <summary>Numbers, months, days of the week and words for numbers.</summary>
    [GeneratedRegex($"{Number}|(?<![a-z])(?:{Month}|{Day}|{Word})(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex(@"[-+_. ]*#$")]
    private static partial Regex Suffix();
}
