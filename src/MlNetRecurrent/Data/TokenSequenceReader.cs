using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>Reads sequences of tokens.</summary>
internal sealed class TokenSequenceReader(DataViewRow row, DataViewSchema.Column found, SequenceColumn column) : SequenceFieldReader
{
    private readonly KeyReader.VectorGetter _getter = KeyReader.Vector(row, found);
    private int[] _tokens = [];
    private int _length;

    public override int? Steps => _length;

    public override int CountSteps() => _getter(ref _tokens);

    public override void Read()
    {
        _length = _getter(ref _tokens);
        for (int t = 0; t < _length; t++)
        {
            if (_tokens[t] >= column.Tokens)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Feature column '{column.Name}': row {row.Position}, step {t} (counted from 0) holds key {_tokens[t]}, " +
                    $"beyond the {column.Tokens - 1} of its type."));
            }
        }
    }

    public override void AddTo(SequenceSet set) => set.AddField(_tokens.AsSpan(0, _length));
}
