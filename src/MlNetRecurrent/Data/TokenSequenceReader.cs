using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>Reads sequences of tokens.</summary>
internal sealed class TokenSequenceReader(DataViewRow row, DataViewSchema.Column found, SequenceColumn column) : SequenceFieldReader
{
    private readonly KeyReader.VectorGetter _getter = KeyReader.Vector(row, found);
    private int[] _tokens = [];
    private int _length;

    public override int? Steps => _length / Width;

    private int Width => Math.Max(1, column.Characters);

    public override int CountSteps() => _getter(ref _tokens) / Width;

    public override void Read()
    {
        _length = _getter(ref _tokens);
        if (_length % Width != 0)
        {
            string where = FormattableString.Invariant($"row {row.Position} (counted from 0) holds a vector");
            throw SequenceColumn.WrongLength(column.Name, where, _length, Width);
        }
        for (int i = 0; i < _length; i++)
        {
            if (_tokens[i] >= column.Tokens)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Feature column '{column.Name}': row {row.Position}, step {i / Width} (counted from 0) holds key {_tokens[i]}, " +
                    $"beyond the {column.Tokens - 1} of its type."));
            }
        }
    }

    public override void AddTo(SequenceSet set) => set.AddField(_tokens.AsSpan(0, _length));
}
