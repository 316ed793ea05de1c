using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MlNetRecurrent.Data;

/// <summary>
/// The values behind the keys of a column, as a hash. Columns with different dictionaries of the same size have the same type, and a
/// network that reads keys of another dictionary gives wrong scores.
/// </summary>
internal static class KeyMeaning
{
    /// <summary>The advice at the end of the messages.</summary>
    private const string Remedy =
        "Make the keys with the transform that was fitted on the training data (MapValueToKey, OneHotEncoding, TokenizeIntoCharacters), " +
        "best saved with the model as one pipeline, rather than with one fitted anew.";

    /// <summary>The annotation of one-hot encoded columns in ML.NET. The slot names are the names of the values.</summary>
    private const string CategoricalSlotRanges = "CategoricalSlotRanges";

    /// <summary>
    /// The hash of the key values of a column of keys, or of the slot names of a one-hot encoded column, in order. A sequence created from
    /// such columns has the hash in an annotation. Null if the column has neither.
    /// </summary>
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

    /// <summary>Whether a column will have the hash once its schema is known.</summary>
    public static bool IsPromised(SchemaShape.Column column)
    {
        bool Has(string annotation) => column.Annotations.Any(found => found.Name == annotation);
        return column.IsKey
            ? Has(AnnotationNames.KeyValues)
            : Has(AnnotationNames.KeyMeaning) || (Has(CategoricalSlotRanges) && Has(AnnotationNames.SlotNames));
    }

    /// <summary>The type of a column and, if it has one, its hash.</summary>
    public static string DescribeType(DataViewSchema.Column column) =>
        HashOf(column) is { } hash ? $"{column.Type}, values {hash}" : $"{column.Type}";

    /// <summary>Whether a text from a file is null or a valid hash.</summary>
    public static bool IsHash(string? hash) =>
        hash is null || (hash.Length == 2 * sizeof(ulong) * 2 && hash.All(char.IsAsciiHexDigitLower));

    /// <summary>Whether two columns are known to use different values for the same keys.</summary>
    public static bool Differ(string? before, string? now) => before is not null && now is not null && before != now;

    /// <summary>The message about a column whose keys have other values than the keys of the original data.</summary>
    /// <param name="column">The column and its role.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="madeFrom">What was created from the original keys.</param>
    public static string Describe(string column, int keys, string madeFrom) =>
        $"{column} has {keys} keys, as many as {madeFrom}, but other values behind them, or the same in another order: " +
        $"a key means something else. {Remedy}";

    /// <summary>The message about a one-hot encoded column with other values.</summary>
    /// <inheritdoc cref="Describe"/>
    public static string DescribeNumbers(string column, string madeFrom) =>
        $"{column} holds one-hot numbers, as many as {madeFrom}, but other values stand behind them, or the same in another order: " +
        $"a key means something else. {Remedy}";

    /// <summary>Adds the hash of the source columns to the annotations of a sequence, if they have one.</summary>
    /// <param name="builder">The annotations of the sequence.</param>
    /// <param name="sources">The columns from which the sequence is created.</param>
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

    /// <summary>The characters in little-endian UTF-16, including unpaired surrogates.</summary>
    private static ReadOnlySpan<byte> BytesOf(string text)
    {
        if (BitConverter.IsLittleEndian)
            return MemoryMarshal.AsBytes(text.AsSpan());
        var reversed = new ushort[text.Length];
        BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<char, ushort>(text.AsSpan()), reversed);
        return MemoryMarshal.AsBytes(reversed.AsSpan());
    }
}
