using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>A view whose cursor puts the text of each row into the same memory, over that of the row before.</summary>
internal sealed class ReusedText : IDataView
{
    private readonly (string Group, string Word)[] _rows;

    public ReusedText(params (string Group, string Word)[] rows)
    {
        _rows = rows;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Group", TextDataViewType.Instance);
        builder.AddColumn("Word", TextDataViewType.Instance);
        builder.AddColumn("Twice", new VectorDataViewType(TextDataViewType.Instance, 2));
        builder.AddColumn("Length", NumberDataViewType.Single);
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _rows.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(ReusedText view) : DataViewRowCursor
    {
        private readonly char[] _memory = new char[100];
        private int _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        private ReadOnlyMemory<char> Group => _memory.AsMemory(0, view._rows[_position].Group.Length);

        private ReadOnlyMemory<char> Word => _memory.AsMemory(50, view._rows[_position].Word.Length);

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override bool MoveNext()
        {
            Array.Fill(_memory, '?');
            _position = _position + 1 < view._rows.Length ? _position + 1 : -1;
            if (_position < 0)
                return false;
            view._rows[_position].Group.CopyTo(_memory);
            view._rows[_position].Word.CopyTo(_memory.AsSpan(50));
            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => (ValueGetter<TValue>)(column.Name switch
        {
            "Group" => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Group),
            "Word" => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) => value = Word),
            "Twice" => (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)((ref VBuffer<ReadOnlyMemory<char>> value) =>
                value = new(2, [Word, Word])),
            _ => (Delegate)(ValueGetter<float>)((ref float value) => value = Word.Length),
        });
    }
}
