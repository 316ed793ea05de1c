using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Files;

/// <summary>
/// A row whose label or tokens are keys of any values. ML.NET counts a scalar key of a row from 0, and the keys in its vectors from 1,
/// like all keys of a view.
/// </summary>
internal sealed class KeyedRow
{
    [VectorType(0, 2)]
    public float[] Features { get; set; } = [];

    public uint Label { get; set; }

    public uint[] Tokens { get; set; } = [];

    public uint[] Labels { get; set; } = [];

    /// <summary>Rows whose labels are keys of these values, and whose tokens are keys of those.</summary>
    public static IDataView View<TLabel, TToken>(
        MLContext ml, PrimitiveDataViewType labelItem, TLabel[] labels, PrimitiveDataViewType tokenItem, TToken[] tokens,
        bool areTokensNamed = true)
    {
        var random = new Random(1);
        KeyedRow[] rows = [.. Enumerable.Range(0, 12).Select(i => new KeyedRow
        {
            Features = [.. Enumerable.Range(0, 2 * (1 + i % 3)).Select(_ => random.NextSingle())],
            Label = (uint)(i % labels.Length),
            Tokens = [.. Enumerable.Range(i, 1 + i % 3).Select(token => (uint)(token % tokens.Length) + 1)],
            Labels = [.. Enumerable.Range(i, 1 + i % 3).Select(label => (uint)(label % labels.Length) + 1)],
        })];
        var schema = SchemaDefinition.Create(typeof(KeyedRow));
        AddKeys(schema[nameof(Label)], isVector: false, labelItem, labels);
        AddKeys(schema[nameof(Labels)], isVector: true, labelItem, labels);
        AddKeys(schema[nameof(Tokens)], isVector: true, tokenItem, tokens, areTokensNamed);
        return ml.Data.LoadFromEnumerable(rows, schema);
    }

    /// <summary>Rows whose labels are keys of these values.</summary>
    public static IDataView View<T>(MLContext ml, PrimitiveDataViewType item, T[] labels) =>
        View(ml, item, labels, TextDataViewType.Instance, new ReadOnlyMemory<char>[] { "a".AsMemory(), "b".AsMemory() });

    /// <summary>Rows whose tokens are keys of these texts.</summary>
    public static IDataView Words(MLContext ml, params string[] words) =>
        View(ml, NumberDataViewType.Int32, [7, 8], TextDataViewType.Instance, Array.ConvertAll(words, word => word.AsMemory()));

    /// <summary>Rows whose tokens are keys that stand for nothing.</summary>
    public static IDataView WordsWithoutNames(MLContext ml, int count) =>
        View(ml, NumberDataViewType.Int32, [7, 8], NumberDataViewType.Int32, new int[count], areTokensNamed: false);

    private static void AddKeys<T>(
        SchemaDefinition.Column column, bool isVector, PrimitiveDataViewType item, T[] values, bool areNamed = true)
    {
        var key = new KeyDataViewType(typeof(uint), values.Length);
        column.ColumnType = isVector ? new VectorDataViewType(key) : key;
        if (areNamed)
            column.AddAnnotation("KeyValues", new VBuffer<T>(values.Length, values), new VectorDataViewType(item, values.Length));
    }
}
