using System.Text;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Makes keys of characters, which are learned from data; one that was not met there is missing.</summary>
internal abstract record CharacterMap : RowMap
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
        bool isVector = column.Kind != SchemaShape.Column.VectorKind.Scalar;
        if (isVector != ReadsVectors || column.ItemType != TextDataViewType.Instance)
            throw SchemaShapeRules.Unfit(column, Expected);
        return SchemaShapes.With(
            OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.UInt32, isKey: true, Alphabet.KeyValues);
    }

    public override RowMap Learn(IDataView data, Action checkCancelled)
    {
        var counts = new Dictionary<Rune, long>();
        long rows = 0;
        foreach (ReadOnlyMemory<char>[] texts in ReadTexts(data))
        {
            if (rows++ % 256 == 0)
                checkCancelled();
            foreach (ReadOnlyMemory<char> text in texts)
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
        DataViewType item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        if (item is not TextDataViewType || column.Type is VectorDataViewType != ReadsVectors)
            throw new InvalidOperationException($"Column '{InputColumnName}' is {column.Type}; expected {Expected}.");
        Dictionary<Rune, uint> keys = Alphabet.KeysOf(Characters);
        VectorDataViewType type = TypeOf(new KeyDataViewType(typeof(uint), keys.Count));
        return new(type, Alphabet.Annotate(Characters), row => MakeGetter(row, keys));
    }

    /// <summary>Whether the input is a vector of texts.</summary>
    protected abstract bool ReadsVectors { get; }

    /// <summary>The type of the input, for messages.</summary>
    protected abstract string Expected { get; }

    protected abstract VectorDataViewType TypeOf(KeyDataViewType key);

    /// <summary>The texts of each row.</summary>
    protected abstract IEnumerable<ReadOnlyMemory<char>[]> ReadTexts(IDataView data);

    protected abstract ValueGetter<VBuffer<uint>> MakeGetter(DataViewRow row, Dictionary<Rune, uint> keys);

    protected override void ValidateMap()
    {
        if (Alphabet.FindFault(Characters, MaximumNumberOfKeys) is { } fault)
            throw Damaged(fault);
    }
}
