namespace MlNetRecurrent.Data;

/// <summary>Reads a column with a token that holds for all steps of a row.</summary>
internal sealed class StaticTokenReader(DataViewRow row, DataViewSchema.Column found, SequenceColumn column) : FieldReader
{
    private readonly Func<ulong> _getter = KeyReader.Scalar(row, found);
    private int _token;

    public override int? Steps => null;

    public override void Read()
    {
        ulong key = _getter();
        if (key >= (ulong)column.Tokens)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"{StaticColumn.Role} '{column.Name}': row {row.Position} (counted from 0) holds key {key}, ")
                + FormattableString.Invariant($"beyond the {column.Tokens - 1} of its type."));
        }
        _token = (int)key;
    }

    public override void AddTo(SequenceSet set) => set.AddField([_token]);
}
