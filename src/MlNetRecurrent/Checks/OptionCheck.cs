using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Checks;

/// <summary>Throws if an option is out of range.</summary>
internal static class OptionCheck
{
    /// <summary>The maximum number of input columns of a transform.</summary>
    public const int MostColumns = 1 << 16;

    /// <exception cref="ArgumentOutOfRangeException">The condition does not hold.</exception>
    public static void That<T>(bool holds, string name, T value, string expected)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {expected}.");
    }

    /// <summary>Copies the column names after checking them.</summary>
    /// <exception cref="ArgumentException">The list is null or empty, or a name is null, empty or white space.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="MostColumns"/> names.</exception>
    public static string[] ThatNamesAreGiven(IReadOnlyList<string> names, string parameter)
    {
        ArgumentNullException.ThrowIfNull(names, parameter);
        if (names.Count == 0 || names.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("There must be at least one column, and each must have a name.", parameter);
        That(names.Count <= MostColumns, parameter, names.Count, "at most 65536 columns");
        return [.. names];
    }

    /// <summary>Checks that an output of a transform does not replace the column of groups or of the order.</summary>
    /// <exception cref="ArgumentException">It does.</exception>
    public static void ThatColumnIsKept(string? output, string outputRole, string? kept, string keptRole, string parameter)
    {
        if (output is not null && output == kept)
        {
            throw new ArgumentException(
                $"Column '{output}' is the {outputRole} and the {keptRole}, which it would replace; it must be another.", parameter);
        }
    }

    /// <summary>Checks the name of a column that is optional.</summary>
    /// <exception cref="ArgumentException">The name is empty or white space.</exception>
    public static void ThatNameIsNotEmpty(string? name, [CallerArgumentExpression(nameof(name))] string? option = null)
    {
        if (name is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(name, option);
    }
}
