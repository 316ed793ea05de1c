using MlNetRecurrent.Checks;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Sequences;

/// <summary>A transform in a stream: a JSON description, as <see cref="DescriptionFormat"/> has it.</summary>
internal static class TransformFile
{
    /// <summary>The most of anything that says how many rows or steps: of a window, of padding, of a lag.</summary>
    public const int MostSteps = 1 << 20;

    private const string Subject = "transform";

    public static void Write<T>(BinaryWriter writer, T transform) =>
        DescriptionFormat.Write(writer.BaseStream, DescriptionJson.Write(transform));

    /// <param name="reader">The reader.</param>
    /// <param name="budget">The memory that all parts of the file share; <see langword="null"/> if there is only one.</param>
    /// <exception cref="InvalidDataException">The stream holds no transform, part of one, a damaged one, or one that this version does not
    /// know.</exception>
    public static T Read<T>(BinaryReader reader, LoadBudget? budget = null)
        where T : class
    {
        byte[] description = new DescriptionFormat(Subject).Read(reader.BaseStream, budget);
        return DescriptionJson.Read<T>(description, Subject, ", or of a newer version of MlNetRecurrent");
    }

    public static InvalidDataException Damaged(string what) => new($"The transform is damaged: {what}.");

    /// <summary>Throws where names of columns, which may come from a damaged file, cannot be.</summary>
    /// <exception cref="InvalidDataException">There are none, or too many, or one is missing.</exception>
    public static void CheckNames(string?[] names, string what, bool mayBeNone = false)
    {
        if (names.Length == 0 && !mayBeNone)
            throw Damaged($"it has no {what}");
        if (names.Length > OptionCheck.MostColumns)
            throw Damaged($"it has {names.Length} {what}; at most {OptionCheck.MostColumns} are possible");
        if (Array.Exists(names, string.IsNullOrEmpty))
            throw Damaged($"one of its {what} has no name");
    }

    /// <summary>Throws where hashes of the keys of columns, which may come from a damaged file, cannot be.</summary>
    /// <param name="hashes">One for each column, as <see cref="KeyMeaning"/> has it; null in files of older versions.</param>
    /// <param name="columns">The number of columns.</param>
    /// <exception cref="InvalidDataException">They are of another number, or one is no hash.</exception>
    public static void CheckKeyHashes(string?[]? hashes, int columns)
    {
        if (hashes is null || (hashes.Length == columns && Array.TrueForAll(hashes, KeyMeaning.IsHash)))
            return;
        string found = FormattableString.Invariant($"it has hashes of the keys of {hashes.Length} columns, of {columns}");
        throw Damaged($"{found}, or some that are none");
    }

    /// <summary>Throws where the name of a column, which may come from a damaged file, cannot be.</summary>
    /// <exception cref="InvalidDataException">It is empty.</exception>
    public static void CheckName(string? name, string what)
    {
        if (name is { Length: 0 })
            throw Damaged($"its {what} has no name");
    }
}
