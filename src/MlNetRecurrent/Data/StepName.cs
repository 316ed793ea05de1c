using System.Text.RegularExpressions;

namespace MlNetRecurrent.Data;

/// <summary>A parsed slot name.</summary>
/// <param name="Series">The series of which the slot is one step: the name without the place. Empty if the name is only a place, null if
/// there is no name.</param>
/// <param name="Place">The place of the step in the series, as in the name. Empty if the name has none.</param>
/// <param name="HasLag">Whether the place is a lag, as in the names of windows: <c>Wind[t-3]</c>.</param>
/// <param name="IsMade">Whether a transform of this library created the name for a column that had none: <c>Features.1[3]</c>.</param>
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

    /// <summary>Numbers, months, weekdays and number words.</summary>
    [GeneratedRegex($"{Number}|(?<![a-z])(?:{Month}|{Day}|{Word})(?![a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex(@"[-+_. ]*#$")]
    private static partial Regex Suffix();
}
