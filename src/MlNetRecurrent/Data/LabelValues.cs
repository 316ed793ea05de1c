using System.Globalization;
using System.Text;

namespace MlNetRecurrent.Data;

/// <summary>
/// The key values of a column of any type, from which predicted keys get theirs. In a model file they are texts, from which the values are
/// restored exactly.
/// </summary>
internal abstract class LabelValues
{
    private static readonly Kind[] _kinds =
    [
        new Kind<ReadOnlyMemory<char>>("Text", TextDataViewType.Instance, text => text.ToString(), text => text.AsMemory())
        {
            Identify = text => WithoutHalves(text.Span),
        },
        Number<float>(NumberDataViewType.Single), Number<double>(NumberDataViewType.Double),
        Number<sbyte>(NumberDataViewType.SByte), Number<byte>(NumberDataViewType.Byte),
        Number<short>(NumberDataViewType.Int16), Number<ushort>(NumberDataViewType.UInt16),
        Number<int>(NumberDataViewType.Int32), Number<uint>(NumberDataViewType.UInt32),
        Number<long>(NumberDataViewType.Int64), Number<ulong>(NumberDataViewType.UInt64),
        new Kind<bool>(nameof(Boolean), BooleanDataViewType.Instance, value => value.ToString(), bool.Parse),
        new Kind<TimeSpan>(nameof(TimeSpan), TimeSpanDataViewType.Instance, TimeText.Write, TimeText.ReadTimeSpan),
        new Kind<DateTime>(nameof(DateTime), DateTimeDataViewType.Instance, TimeText.Write, TimeText.ReadDateTime)
        {
            Identify = TimeText.WriteClock,
        },
        new Kind<DateTimeOffset>(
            nameof(DateTimeOffset), DateTimeOffsetDataViewType.Instance, TimeText.Write, TimeText.ReadDateTimeOffset),
        new Kind<DataViewRowId>(nameof(DataViewRowId), RowIdDataViewType.Instance, WriteRowId, ReadRowId),
    ];

    /// <summary>The name of the value type in a file.</summary>
    public abstract string KindName { get; }

    /// <summary>The values as text, in the order of the keys.</summary>
    public abstract string[] Texts { get; }

    /// <summary>
    /// The values as text, without the parts that ML.NET loses when it saves and loads a dictionary: the kind of a time, and unpaired
    /// surrogates of a text, which become U+FFFD. A dictionary is equal to its loaded copy by these texts.
    /// </summary>
    public abstract string[] Identities { get; }

    /// <summary>Reads the key values of a column. Null if it has none, or not one for each key.</summary>
    public static LabelValues? Read(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.KeyValues)?.Type is not VectorDataViewType values)
            return null;
        if (((column.Type as VectorDataViewType)?.ItemType ?? column.Type) is KeyDataViewType key && key.Count != (ulong)values.Size)
            return null;
        return Array.Find(_kinds, kind => kind.Item.Equals(values.ItemType))?.Read(column);
    }

    /// <summary>The name in a file of the values of a type, which keys share with their numbers; null if there is none.</summary>
    public static string? KindNameOf(DataViewType type) => Array.Find(_kinds, kind => kind.Item.RawType == type.RawType)?.Name;

    /// <summary>Values of a type that <see cref="KindNameOf"/> knows.</summary>
    public static LabelValues Create<T>(T[] values) =>
        new Of<T>((Kind<T>)Array.Find(_kinds, kind => kind.Item.RawType == typeof(T))!, values);

    /// <summary>The values, which are of this type.</summary>
    public T[] Values<T>() => ((Of<T>)this).All;

    /// <summary>Restores the values from a model file.</summary>
    /// <exception cref="InvalidDataException">The kind is unknown, or a text is not valid for it.</exception>
    public static LabelValues Restore(string kindName, string?[] texts)
    {
        Kind kind = Array.Find(_kinds, kind => kind.Name == kindName)
            ?? throw new InvalidDataException($"The model's labels are of the kind '{kindName}', which this version does not know.");
        int missing = Array.IndexOf(texts, null);
        if (missing >= 0)
            throw new InvalidDataException($"The model's labels are damaged: label {missing + 1} is missing.");
        try
        {
            return kind.Restore(texts!);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"The model's labels are damaged: {e.Message}", e);
        }
    }

    /// <summary>Adds an annotation with the values.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder builder, string name);

    private static Kind<T> Number<T>(NumberDataViewType item)
        where T : IFormattable, IParsable<T> =>
        new(
            typeof(T).Name, item,
            value => value.ToString(null, CultureInfo.InvariantCulture), text => T.Parse(text, CultureInfo.InvariantCulture));

    private static string WithoutHalves(ReadOnlySpan<char> text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            whole.Append(rune.ToString());
        return whole.ToString();
    }

    private static string WriteRowId(DataViewRowId id) => string.Create(CultureInfo.InvariantCulture, $"{id.High:x16}{id.Low:x16}");

    private static DataViewRowId ReadRowId(string text)
    {
        var value = UInt128.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new((ulong)value, (ulong)(value >> 64));
    }

    /// <summary>A type of key values.</summary>
    /// <param name="Name">The name in a file.</param>
    /// <param name="Item">The type in ML.NET.</param>
    private abstract record Kind(string Name, PrimitiveDataViewType Item)
    {
        public abstract LabelValues Read(DataViewSchema.Column column);

        public abstract LabelValues Restore(string[] texts);
    }

    private sealed record Kind<T>(string Name, PrimitiveDataViewType Item, Converter<T, string> Write, Converter<string, T> Parse)
        : Kind(Name, Item)
    {
        /// <summary>Writes the part of a value that ML.NET keeps when it saves a dictionary.</summary>
        public Converter<T, string> Identify { get; init; } = Write;

        public override LabelValues Read(DataViewSchema.Column column)
        {
            VBuffer<T> values = default;
            column.Annotations.GetValue(AnnotationNames.KeyValues, ref values);
            return new Of<T>(this, [.. values.DenseValues()]);
        }

        public override LabelValues Restore(string[] texts) => new Of<T>(this, Array.ConvertAll(texts, Parse));
    }

    private sealed class Of<T>(Kind<T> kind, T[] values) : LabelValues
    {
        private string[]? _texts;

        public T[] All => values;

        public override string KindName => kind.Name;

        public override string[] Identities => Array.ConvertAll(values, kind.Identify);

        public override string[] Texts => _texts ??= Array.ConvertAll(values, kind.Write);

        public override void AddTo(DataViewSchema.Annotations.Builder builder, string name) => builder.Add(
            name, new VectorDataViewType(kind.Item, values.Length),
            (ref VBuffer<T> target) => new VBuffer<T>(values.Length, values).CopyTo(ref target));
    }
}
