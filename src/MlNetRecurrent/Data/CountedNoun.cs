using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>Formats a number with its noun for messages: "1 row", "2 rows".</summary>
internal static class CountedNoun
{
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular.</param>
    /// <param name="ending">The plural ending.</param>
    public static string Text(long count, string noun, string ending = "s") =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : ending)}");
}
