using System.Text;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>
/// Makes keys of the characters of words: as many for each word, of which those behind its end are missing. Of a longer word, the beginning
/// and the end are kept.
/// </summary>
internal sealed record WordCharacters : RowMap
{
    public required string InputColumnName { get; init; }

    /// <summary>The number of keys of a word.</summary>
    public required int MaximumLength { get; init; }

    /// <summary>The largest number of characters that have a key. The most frequent ones do.</summary>
    public required int MaximumNumberOfKeys { get; init; }

    /// <summary>The characters in the order of their keys, one after the other.</summary>
    public string Characters { get; init; } = "";

    public override IReadOnlyList<string> InputColumnNames => [InputColumnName];

    public override SchemaShape.Column DescribeColumn(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Find(input, InputColumnName);
        if (column.Kind == SchemaShape.Column.VectorKind.Scalar || column.ItemType != TextDataViewType.Instance)
            throw SchemaShapeRules.Unfit(nameof(input), column, "a vector of Text (TokenizeIntoWords makes one)");
        return SchemaShapes.With(
            OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true, Alphabet.KeyValues);
    }

    public override RowMap Learn(IDataView data, Action checkCancelled)
    {
        var counts = new Dictionary<Rune, long>();
        long rows = 0;
        foreach (VBuffer<ReadOnlyMemory<char>> words in data.GetColumn<VBuffer<ReadOnlyMemory<char>>>(InputColumnName))
        {
            if (rows++ % 256 == 0)
                checkCancelled();
            foreach (ReadOnlyMemory<char> word in words.GetValues())
                Alphabet.Count(word.Span, counts);
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
        if (column.Type is not VectorDataViewType { ItemType: TextDataViewType })
            throw new InvalidOperationException($"Column '{InputColumnName}' is {column.Type}; expected a vector of Text.");
        Dictionary<Rune, uint> keys = Alphabet.KeysOf(Characters);
        var type = new VectorDataViewType(new KeyDataViewType(typeof(uint), keys.Count), 0, MaximumLength);
        return new(type, Alphabet.Annotate(Characters), row => MakeGetter(row, keys));
    }

    protected override void ValidateMap()
    {
        if (MaximumLength is < 2 or > InputField.MostCharacters)
            throw Damaged(FormattableString.Invariant($"a word has {MaximumLength} characters"));
        if (Alphabet.FindFault(Characters, MaximumNumberOfKeys) is { } fault)
            throw Damaged(fault);
    }

    private ValueGetter<VBuffer<uint>> MakeGetter(DataViewRow row, Dictionary<Rune, uint> keys)
    {
        ValueGetter<VBuffer<ReadOnlyMemory<char>>> getter =
            row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(row.Schema[InputColumnName]);
        VBuffer<ReadOnlyMemory<char>> words = default;
        var characters = new List<uint>();
        return (ref VBuffer<uint> value) =>
        {
            getter(ref words);
            VBufferEditor<uint> editor = VBufferEditor.Create(ref value, checked(words.Length * MaximumLength));
            editor.Values.Clear();
            foreach ((int index, ReadOnlyMemory<char> word) in words.Items())
            {
                characters.Clear();
                foreach (Rune character in word.Span.EnumerateRunes())
                    characters.Add(keys.GetValueOrDefault(character));
                if (characters.Count > MaximumLength)
                    characters.RemoveRange((MaximumLength + 1) / 2, characters.Count - MaximumLength);
                characters.CopyTo(editor.Values.Slice(index * MaximumLength, MaximumLength));
            }
            value = editor.Commit();
        };
    }
}
