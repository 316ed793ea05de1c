using System.Globalization;

namespace MlNetRecurrent.Sequences.Orders;

/// <summary>The order of the values behind keys: of numbers, dates or times, which texts may hold, too.</summary>
/// <param name="Texts">The values as text, the first key's first.</param>
/// <param name="IsKnown">Whether the values have an order that is known.</param>
/// <param name="Descent">The first key whose value is after that of the next key; null where there is none.</param>
internal sealed record KeyValueOrder(string[] Texts, bool IsKnown, int? Descent)
{
    private delegate bool Parser<T>(string text, out T value);

    /// <summary>The order of the values of a column of keys; null where the keys have no values.</summary>
    public static KeyValueOrder? Find(DataViewSchema.Column column) => LabelValues.Read(column)?.Texts is { } texts
        ? Find<double>(texts, TryParseNumber)
            ?? Find<TimeSpan>(texts, TryParseTime)
            ?? Find<DateTimeOffset>(texts, TryParseDate)
            ?? new(texts, IsKnown: texts.Length < 2, Descent: null)
        : null;

    /// <summary>The order of texts of which each is a value of a type; null where one is not.</summary>
    private static KeyValueOrder? Find<T>(string[] texts, Parser<T> parse)
        where T : IComparable<T>
    {
        int? descent = null;
        T last = default!;
        for (int i = 0; i < texts.Length; i++)
        {
            if (!parse(texts[i], out T value))
                return null;
            if (i > 0 && last.CompareTo(value) > 0)
                descent ??= i;
            last = value;
        }
        return new(texts, IsKnown: true, descent);
    }

    private static bool TryParseNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    private static bool TryParseTime(string text, out TimeSpan value) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);

    private static bool TryParseDate(string text, out DateTimeOffset value) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowWhiteSpaces, out value);
}
