namespace MlNetRecurrent.Checks;

/// <summary>Says which option is out of its range.</summary>
internal static class OptionCheck
{
    /// <summary>The most columns that a transform of several reads.</summary>
    public const int MostColumns = 1 << 16;

    /// <exception cref="ArgumentOutOfRangeException">It does not hold.</exception>
    public static void That<T>(bool holds, string name, T value, string expected)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }

    /// <summary>Copies the names of columns.</summary>
    /// <exception cref="ArgumentException">There is none, or one is null or empty.</exception>
    public static string[] ThatNamesAreGiven(IReadOnlyList<string> names, string parameter)
    {
        ArgumentNullException.ThrowIfNull(names, parameter);
        if (names.Count == 0 || names.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("There must be at least one column, and each must have a name.", parameter);
        That(names.Count <= MostColumns, parameter, names.Count, "at most 65536 columns");
        return [.. names];
    }
}
