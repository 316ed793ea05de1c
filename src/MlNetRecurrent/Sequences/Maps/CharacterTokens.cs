using System.Text;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Makes keys of the characters of a text, which are learned from data; one that was not met there is missing.</summary>
internal sealed record CharacterTokens : RowMap
{
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
            OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true, Alphabet.KeyValues);
    }

    public override RowMap Learn(IDataView data, Action checkCancelled)
    {
        var counts = new Dictionary<Rune, long>();
        long rows = 0;
        foreach (ReadOnlyMemory<char> text in data.GetColumn<ReadOnlyMemory<char>>(InputColumnName))
        {
            if (rows++ % 256 == 0)
                checkCancelled();
            Alphabet.Count(text.Span, counts);
        }
        if (counts.Count == 0)
        {
            throw new InvalidOperationException(
                $"Column '{InputColumnName}' has no character in any of the {rows} rows: there are no keys to learn.");
        }
        return this with { Characters = Alphabet.Learn(counts, MaximumNumberOfKeys) };
    }

    public override AddedColumn AddColumn(DataViewSchema input)
    {
        DataViewSchema.Column column = SchemaShapeRules.Find(input, InputColumnName);
        if (column.Type is not TextDataViewType)
            throw new InvalidOperationException($"Column '{InputColumnName}' is {column.Type}; expected Text.");
        Dictionary<Rune, uint> keys = Alphabet.KeysOf(Characters);
        var type = new VectorDataViewType(new KeyDataViewType(typeof(uint), keys.Count));
        return new(type, Alphabet.Annotate(Characters), row => MakeGetter(row, keys));
    }

    protected override void ValidateMap()
    {
        if (Alphabet.FindFault(Characters, MaximumNumberOfKeys) is { } fault)
            throw Damaged(fault);
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
