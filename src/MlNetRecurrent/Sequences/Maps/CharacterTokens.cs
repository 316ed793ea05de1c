using System.Globalization;
using System.Text;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Makes keys of the characters of a text, which are learned from data; one that was not met there is missing.</summary>
internal sealed record CharacterTokens : RowMap
{
    /// <summary>The number of code points of Unicode.</summary>
    public const int MostKeys = 0x110000;

    public required string InputColumnName { get; init; }

    /// <summary>The largest number of characters that have a key. The most frequent ones do.</summary>
    public required int MaximumNumberOfKeys { get; init; }

    /// <summary>The characters in the order of their keys, one after the other.</summary>
    public string Characters { get; init; } = "";

    public override IReadOnlyList<string> InputColumnNames => [InputColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Find(input, InputColumnName);
        if (column.Kind != SchemaShape.Column.VectorKind.Scalar || column.ItemType != TextDataViewType.Instance)
            throw SchemaShapeRules.Unfit(nameof(input), column, "Text");
        return SchemaShapes.With(
            OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true,
            SchemaShapes.Plain(AnnotationNames.KeyValues, SchemaShape.Column.VectorKind.Vector, TextDataViewType.Instance));
    }

    public override RowMap Learn(IDataView data, Action checkCancelled)
    {
        var counts = new Dictionary<Rune, long>();
        long rows = 0;
        foreach (ReadOnlyMemory<char> text in data.GetColumn<ReadOnlyMemory<char>>(InputColumnName))
        {
            if (rows++ % 256 == 0)
                checkCancelled();
            foreach (Rune character in text.Span.EnumerateRunes())
                counts[character] = counts.GetValueOrDefault(character) + 1;
        }
        if (counts.Count == 0)
        {
            throw new InvalidOperationException(
                $"Column '{InputColumnName}' has no character in any of the {rows} rows: there are no keys to learn.");
        }
        IEnumerable<Rune> frequent = counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key)
            .Take(MaximumNumberOfKeys).Select(count => count.Key);
        var characters = new StringBuilder();
        foreach (Rune character in frequent.Order())
            characters.Append(character);
        return this with { Characters = characters.ToString() };
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        DataViewSchema.Column column = SchemaShapeRules.Find(input, InputColumnName);
        if (column.Type is not TextDataViewType)
            throw new InvalidOperationException($"Column '{InputColumnName}' is {column.Type}; expected Text.");
        Dictionary<Rune, uint> keys = [];
        foreach (Rune character in Characters.EnumerateRunes())
            keys.Add(character, (uint)keys.Count + 1);
        ReadOnlyMemory<char>[] values = [.. Characters.EnumerateRunes().Select(character => character.ToString().AsMemory())];
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(
            AnnotationNames.KeyValues, new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => new VBuffer<ReadOnlyMemory<char>>(values.Length, values).CopyTo(ref value));
        var type = new VectorDataViewType(new KeyDataViewType(typeof(uint), keys.Count));
        return new(type, builder.ToAnnotations(), row => MakeGetter(row, keys));
    }

    protected override void ValidateMap()
    {
        Rune[] characters = [.. Characters.EnumerateRunes()];
        if (characters.Length == 0 || characters.Distinct().Count() != characters.Length)
            throw Damaged("its characters are none, or not all different");
        if (MaximumNumberOfKeys < characters.Length || MaximumNumberOfKeys > MostKeys)
        {
            throw Damaged(string.Create(
                CultureInfo.InvariantCulture, $"it has {characters.Length} characters of at most {MaximumNumberOfKeys}"));
        }
    }

    private ValueGetter<VBuffer<uint>> MakeGetter(DataViewRow row, Dictionary<Rune, uint> keys)
    {
        ValueGetter<ReadOnlyMemory<char>> getter = row.GetGetter<ReadOnlyMemory<char>>(row.Schema[InputColumnName]);
        ReadOnlyMemory<char> text = default;
        return (ref VBuffer<uint> value) =>
        {
            getter(ref text);
            int length = 0;
            foreach (Rune _ in text.Span.EnumerateRunes())
                length++;
            VBufferEditor<uint> editor = VBufferEditor.Create(ref value, length);
            int place = 0;
            foreach (Rune character in text.Span.EnumerateRunes())
                editor.Values[place++] = keys.GetValueOrDefault(character);
            value = editor.Commit();
        };
    }
}
