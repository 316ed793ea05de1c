using System.Text;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>
/// Makes keys of the characters of words: as many for each word, of which those behind its end are missing. Of a longer word, the beginning
/// and the end are kept.
/// </summary>
internal sealed record WordCharacters : CharacterMap
{
    /// <summary>The number of keys of a word.</summary>
    public required int MaximumLength { get; init; }

    protected override bool ReadsVectors => true;

    protected override string Expected => "a vector of Text (TokenizeIntoWords makes one)";

    protected override VectorDataViewType TypeOf(KeyDataViewType key) => new(key, 0, MaximumLength);

    protected override IEnumerable<ReadOnlyMemory<char>[]> ReadTexts(IDataView data) =>
        data.GetColumn<VBuffer<ReadOnlyMemory<char>>>(InputColumnName).Select(words => words.GetValues().ToArray());

    protected override void ValidateMap()
    {
        if (MaximumLength is < 2 or > InputField.MostCharacters)
            throw Damaged(FormattableString.Invariant($"a word has {MaximumLength} characters"));
        base.ValidateMap();
    }

    protected override ValueGetter<VBuffer<uint>> MakeGetter(DataViewRow row, Dictionary<Rune, uint> keys)
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
