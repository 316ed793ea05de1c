using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Sequences.Splits;

/// <summary>Of each group of a table the rows of one range, in the order of the table.</summary>
/// <remarks>It is data, not a part of a model: ML.NET's exports may take it for the source.</remarks>
/// <param name="data">The table.</param>
/// <param name="groupColumnName">The column of the groups; null where all rows are one.</param>
/// <param name="ranges">The range of each group, in the order of their first rows: the first row and the one after the last.</param>
internal sealed class RowRangeView(IDataView data, string? groupColumnName, (long First, long End)[] ranges) : IDataView
{
    private readonly RowRangeSchema _schema = new(data.Schema, groupColumnName);

    public bool CanShuffle => false;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new Cursor(_schema, data.GetRowCursor(_schema.Dependencies(columns)), columns, groupColumnName, ranges);
    }

    private sealed class Cursor : DerivedCursor
    {
        private readonly (long First, long End)[] _ranges;
        private readonly GroupReader<Series> _series;
        private long _position = -1;

        public Cursor(
            RowRangeSchema schema,
            DataViewRowCursor input,
            DataViewSchema.Column[] columns,
            string? groupColumnName,
            (long First, long End)[] ranges)
            : base(schema, input, columns)
        {
            _ranges = ranges;
            int count = 0;
            _series = GroupReader<Series>.Of(input, groupColumnName, () => new(count++));
        }

        public override long Position => _position;

        public override long Batch => Input.Batch;

        protected override bool Move()
        {
            while (Input.MoveNext())
            {
                Series current = _series.Current() ?? throw _series.Missing(GroupNames.LeaveOut);
                if (current.Index >= _ranges.Length)
                {
                    throw new InvalidOperationException(
                        $"The data changed after it was split: row {Input.Position} (counted from 0) is of a new group.");
                }
                (long first, long end) = _ranges[current.Index];
                long row = current.Rows++;
                if (row < first || row >= end)
                    continue;
                _position++;
                return true;
            }
            _position = -1;
            return false;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

        protected override Delegate MakeGetter(DataViewSchema.Column column) => throw new NotSupportedException();
    }

    /// <summary>All columns are passed on.</summary>
    private sealed class RowRangeSchema(DataViewSchema input, string? groupColumnName) : BoundSchema(input)
    {
        public override DataViewSchema Output => Input;

        protected override IEnumerable<string> RowColumnNames => groupColumnName is null ? [] : [groupColumnName];

        protected override IEnumerable<string> InputsOf(DataViewSchema.Column made) => throw new NotSupportedException();
    }

    private sealed class Series(int index)
    {
        public int Index => index;

        public long Rows { get; set; }
    }
}
