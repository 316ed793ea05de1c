using System.Text;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Makes keys of the characters of a text.</summary>
internal sealed record CharacterTokens : CharacterMap
{
    protected override bool ReadsVectors => false;

    protected override string Expected => "Text";

    protected override VectorDataViewType TypeOf(KeyDataViewType key) => new(key);

    protected override IEnumerable<ReadOnlyMemory<char>[]> ReadTexts(IDataView data) =>
        data.GetColumn<ReadOnlyMemory<char>>(InputColumnName).Select(text => new[] { text });

    protected override ValueGetter<VBuffer<uint>> MakeGetter(DataViewRow row, Dictionary<Rune, uint> keys)
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
