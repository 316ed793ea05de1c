using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Data;

/// <summary>
/// What the keys of a column stand for, as a hash. Two dictionaries of one size cannot be told apart by the type of their columns, and a network that reads the keys of another scores nonsense.
/// </summary>
internal static class KeyMeaning
{
    /// <summary>What to do about other keys.</summary>
    private const string Remedy =
        "Make the keys with the transform that was fitted on the training data (MapValueToKey, OneHotEncoding, TokenizeIntoCharacters), best saved with the model as one pipeline, rather than with one fitted anew.";

    /// <summary>The annotation by which ML.NET marks numbers that are keys in one-hot form; their slots have the names of the values.</summary>
    private const string CategoricalSlotRanges = "CategoricalSlotRanges";

    /// <summary>The hash of the values of a column of keys, or of the names of the slots of one-hot numbers, in their order, or what a sequence of such says; null where the column says nothing of them.</summary>
    public static string? HashOf(DataViewSchema.Column column)
    {
        if (((column.Type as VectorDataViewType)?.ItemType ?? column.Type) is KeyDataViewType)
            return LabelValues.Read(column) is { } values ? Hash(values.Identities) : null;
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.KeyMeaning)?.Type is TextDataViewType)
        {
            ReadOnlyMemory<char> said = default;
            column.Annotations.GetValue(AnnotationNames.KeyMeaning, ref said);
            string hash = said.ToString();
            return IsHash(hash) ? hash : null;
        }
        if (column.Annotations.Schema.GetColumnOrNull(CategoricalSlotRanges) is null || !column.HasSlotNames())
            return null;
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return Hash(names.DenseValues().Select(name => name.ToString()));
    }

    /// <summary>Whether a column will say what its keys or one-hot numbers stand for.</summary>
    public static bool IsPromised(SchemaShape.Column column)
    {
        bool Has(string annotation) => column.Annotations.Any(found => found.Name == annotation);
        return column.IsKey
            ? Has(AnnotationNames.KeyValues)
            : Has(AnnotationNames.KeyMeaning) || (Has(CategoricalSlotRanges) && Has(AnnotationNames.SlotNames));
    }

    /// <summary>The type of a column and, where it holds keys or one-hot numbers, the hash of the values behind them.</summary>
    public static string DescribeType(DataViewSchema.Column column) =>
        HashOf(column) is { } hash ? $"{column.Type}, values {hash}" : $"{column.Type}";

    /// <summary>Whether a hash, which comes from a file, can be one.</summary>
    public static bool IsHash(string? hash) => hash is null || (hash.Length == 2 * sizeof(ulong) * 2 && hash.All(char.IsAsciiHexDigitLower));

    /// <summary>Whether two columns are known to mean different things by the same key.</summary>
    public static bool Differ(string? before, string? now) => before is not null && now is not null && before != now;

    /// <summary>What to say of a column whose keys mean something else than those of the data that something was made from.</summary>
    /// <param name="column">The column, with its role.</param>
    /// <param name="keys">How many keys it has.</param>
    /// <param name="madeFrom">What was made from other keys, and how.</param>
    public static string Describe(string column, int keys, string madeFrom) =>
        $"{column} has {keys} keys, as many as {madeFrom}, but other values behind them, or the same in another order: a key means something else. {Remedy}";

    /// <summary>What to say of a column of numbers whose one-hot ones mean something else.</summary>
    /// <inheritdoc cref="Describe"/>
    public static string DescribeNumbers(string column, string madeFrom) =>
        $"{column} holds one-hot numbers, as many as {madeFrom}, but other values stand behind them, or the same in another order: a key means something else. {Remedy}";

    /// <summary>Says of a sequence what the keys or one-hot numbers that it is made of stand for, where they say it.</summary>
    /// <param name="builder">The annotations of the sequence.</param>
    /// <param name="sources">What it is made of.</param>
    public static void Add(DataViewSchema.Annotations.Builder builder, params DataViewSchema.Column[] sources)
    {
        string?[] hashes = Array.ConvertAll(sources, HashOf);
        if (Array.TrueForAll(hashes, hash => hash is null))
            return;
        string all = hashes is [{ } only] ? only : Hash(hashes.Select(hash => hash ?? ""));
        builder.AddPrimitiveValue(AnnotationNames.KeyMeaning, TextDataViewType.Instance, all.AsMemory());
    }

    private static string Hash(IEnumerable<string> texts)
    {
        var hash = new XxHash128();
        var length = new byte[sizeof(int)];
        foreach (string text in texts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            hash.Append(length);
            hash.Append(BytesOf(text));
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>The characters as little-endian UTF-16, halves of pairs too.</summary>
    private static ReadOnlySpan<byte> BytesOf(string text)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(text.AsSpan());
        var reversed = new ushort[text.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<char, ushort>(text.AsSpan()), reversed);
        return MemoryMarshal.AsBytes(reversed.AsSpan());
    }
}
