namespace MlNetRecurrent.Options;

/// <summary>Says which option is out of its range.</summary>
internal static class OptionCheck
{
    /// <exception cref="ArgumentOutOfRangeException">It does not hold.</exception>
    public static void That<T>(bool holds, string name, T value, string expected)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }
}
