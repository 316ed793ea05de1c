using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Filling;

/// <summary>
/// The values of a pass that lie between known ones. They are computed in a pass of their own, so that memory holds the missing values
/// rather than all rows until the next known value.
/// </summary>
internal sealed class Interpolation
{
    private readonly List<Value> _values;
    private int _next;

    private Interpolation(List<Value> values) => _values = values;

    public static Interpolation Compute(FillSchema schema, IDataView data)
    {
        IEnumerable<string> names = schema.Settings.ColumnNames().Append(schema.Settings.InputColumnName);
        using DataViewRowCursor cursor = data.GetRowCursor(names.Distinct().Select(name => data.Schema[name]));
        var gaps = new GapReader(schema, cursor);
        while (cursor.MoveNext())
            gaps.Take();
        gaps.Found.Sort((left, right) => left.Row.CompareTo(right.Row));
        return new(gaps.Found);
    }

    /// <summary>Replaces values of a row. The rows come in their order.</summary>
    /// <param name="number">The number of the row.</param>
    /// <param name="row">The row, filled with the last known values.</param>
    public void Apply(long number, FilledRow row)
    {
        for (; _next < _values.Count && _values[_next].Row == number; _next++)
        {
            Value value = _values[_next];
            // Not where too many rows are missing.
            if (row.WasFilled[value.Slot] == 1)
                row.Values[value.Slot] = value.Number;
        }
    }

    private readonly record struct Value(long Row, int Slot, float Number);

    /// <summary>Takes row after row and finds the gaps between known values.</summary>
    private sealed class GapReader(FillSchema schema, DataViewRow row) : RowGrouper<Gaps>(row, schema.Settings, remembers: false)
    {
        private readonly NumberReader _reader = NumberReader.Of(row, schema.Settings.InputColumnName);
        private long _rows;

        public float[] Numbers { get; } = new float[schema.Slots];

        public List<Value> Found { get; } = [];

        public override string Signature => schema.Signature;

        public long NextRow() => _rows++;

        protected override void ReadValues() => _reader.Read(Numbers);

        protected override Gaps MakeGroup(OrderReader? order, Func<string> name) =>
            new(this, schema.Settings.Fill == MissingValueFill.InterpolateByOrder ? order : null, order?.MakeChecked() ?? RowOrder.AsRead);
    }

    /// <summary>The last known values of a group, and the rows since then.</summary>
    /// <param name="reader">Has the current row.</param>
    /// <param name="distance">The order that says how far rows are from each other; null where it is their number.</param>
    /// <param name="order">The order of the rows.</param>
    private sealed class Gaps(GapReader reader, OrderReader? distance, RowOrder order) : RowGroup(order)
    {
        private readonly Gap[] _gaps = [.. reader.Numbers.Select(_ => new Gap())];

        public override void Write(BinaryWriter writer) => throw new NotSupportedException();

        public override void Read(BinaryReader reader) => throw new NotSupportedException();

        protected override void AppendValues()
        {
            long row = reader.NextRow();
            IComparable place = distance?.BoxedValue ?? Count;
            for (int i = 0; i < _gaps.Length; i++)
                _gaps[i].Add(row, i, place, reader.Numbers[i], reader.Found);
        }

        protected override void RemoveLastValues() => throw new NotSupportedException();
    }

    /// <summary>The rows of one number since its last known value.</summary>
    private sealed class Gap
    {
        private readonly List<(long Row, IComparable Place)> _missing = [];
        private IComparable? _lastPlace;
        private float _last;

        public void Add(long row, int slot, IComparable place, float number, List<Value> found)
        {
            if (float.IsNaN(number))
            {
                // Before the first known value there is no line.
                if (_lastPlace is not null)
                    _missing.Add((row, place));
                return;
            }
            foreach ((long between, IComparable at) in _missing)
            {
                double whole = OrderDistance.Between(_lastPlace!, place);
                double part = whole > 0 ? OrderDistance.Between(_lastPlace!, at) / whole : 0;
                found.Add(new(between, slot, (float)(_last + part * ((double)number - _last))));
            }
            _missing.Clear();
            (_lastPlace, _last) = (place, number);
        }
    }
}
