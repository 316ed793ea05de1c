using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Data;

/// <summary>
/// The values that stand behind the keys of the label column, whatever their type, so that the predicted keys can have them too. In a model file
/// they are text.
/// </summary>
internal abstract class LabelValues
{
    private static readonly Kind[] _kinds =
    [
        new(
            "Text", TextDataViewType.Instance, column => Read<ReadOnlyMemory<char>>(column, "Text", format: null),
            texts => new Of<ReadOnlyMemory<char>>("Text", TextDataViewType.Instance, format: null, Array.ConvertAll(texts, text => text.AsMemory()))),
        KindOf<float>(NumberDataViewType.Single), KindOf<double>(NumberDataViewType.Double),
        KindOf<sbyte>(NumberDataViewType.SByte), KindOf<byte>(NumberDataViewType.Byte),
        KindOf<short>(NumberDataViewType.Int16), KindOf<ushort>(NumberDataViewType.UInt16),
        KindOf<int>(NumberDataViewType.Int32), KindOf<uint>(NumberDataViewType.UInt32),
        KindOf<long>(NumberDataViewType.Int64), KindOf<ulong>(NumberDataViewType.UInt64),
        KindOf<bool>(BooleanDataViewType.Instance), KindOf<TimeSpan>(TimeSpanDataViewType.Instance, "c"),
        KindOf<DateTime>(DateTimeDataViewType.Instance, "O"), KindOf<DateTimeOffset>(DateTimeOffsetDataViewType.Instance, "O"),
    ];

    /// <summary>The name of the values' type in a file.</summary>
    public abstract string KindName { get; }

    /// <summary>The values as text, the first key's first.</summary>
    public abstract string[] Texts { get; }

    /// <summary>Reads the key values of a column; null where it has none, or none of a type that can be kept.</summary>
    public static LabelValues? Read(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.KeyValues)?.Type is not VectorDataViewType values)
            return null;
        return Array.Find(_kinds, kind => kind.Item.Equals(values.ItemType))?.Read(column);
    }

    /// <summary>The values from a model file.</summary>
    /// <exception cref="InvalidDataException">The kind is not known, or a text is not of it.</exception>
    public static LabelValues Restore(string kindName, string[] texts)
    {
        Kind kind = Array.Find(_kinds, kind => kind.Name == kindName)
            ?? throw new InvalidDataException($"The model's labels are of the kind '{kindName}', which this version does not know.");
        try
        {
            return kind.Restore(texts);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentNullException)
        {
            throw new InvalidDataException($"The model's labels are damaged: {e.Message}", e);
        }
    }

    /// <summary>Adds an annotation that holds the values.</summary>
    public abstract void AddTo(DataViewSchema.Annotations.Builder builder, string name);

    private static Kind KindOf<T>(PrimitiveDataViewType item, string? format = null)
        where T : IParsable<T> =>
        new(
            typeof(T).Name, item, column => Read<T>(column, typeof(T).Name, format),
            texts => new Of<T>(typeof(T).Name, item, format, Array.ConvertAll(texts, text => T.Parse(text, CultureInfo.InvariantCulture))));

    private static Of<T> Read<T>(DataViewSchema.Column column, string kindName, string? format)
    {
        VBuffer<T> values = default;
        column.GetKeyValues(ref values);
        var type = (VectorDataViewType)column.Annotations.Schema[AnnotationNames.KeyValues].Type;
        return new(kindName, type.ItemType, format, [.. values.DenseValues()]);
    }

    private sealed record Kind(string Name, PrimitiveDataViewType Item, Func<DataViewSchema.Column, LabelValues> Read, Func<string[], LabelValues> Restore);

    private sealed class Of<T>(string kindName, PrimitiveDataViewType item, string? format, T[] values) : LabelValues
    {
        public override string KindName => kindName;

        public override string[] Texts => Array.ConvertAll(values, value => value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value!.ToString()!);

        public override void AddTo(DataViewSchema.Annotations.Builder builder, string name) => builder.Add(
            name, new VectorDataViewType(item, values.Length), (ref VBuffer<T> target) => new VBuffer<T>(values.Length, values).CopyTo(ref target));
    }
}
