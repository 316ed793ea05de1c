using System.Globalization;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Limits the size of sequences that transforms make: padding and lags multiply it.</summary>
internal static class SequenceSize
{
    /// <summary>64 MiB, as much as a window may hold.</summary>
    private const int MostOfType = 1 << 24;

    /// <summary>256 MiB.</summary>
    private const int MostOfRow = 1 << 26;

    /// <summary>The numbers of a step.</summary>
    /// <exception cref="InvalidOperationException">They are too many.</exception>
    public static int OfStep(long features, string column) => features <= MostOfType
        ? (int)features
        : throw TooMany($"Column '{column}' would have {features} features a step", MostOfType);

    /// <summary>The numbers of every sequence, where all have as many steps.</summary>
    /// <exception cref="InvalidOperationException">They are too many.</exception>
    public static int OfType(int steps, int features, string column) => (long)steps * features <= MostOfType
        ? steps * features
        : throw TooMany($"Column '{column}' would hold {steps} steps of {features} features", MostOfType);

    /// <summary>The numbers of the sequence of a row.</summary>
    /// <exception cref="InvalidOperationException">They are too many.</exception>
    public static int OfRow(int steps, int features, string column, DataViewRow row) => (long)steps * features <= MostOfRow
        ? steps * features
        : throw TooMany(
            $"Column '{column}': row {row.Position} (counted from 0) would hold {steps} steps of {features} features", MostOfRow);

    private static InvalidOperationException TooMany(FormattableString what, int most) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{FormattableString.Invariant(what)}; at most {most} numbers are possible."));
}
