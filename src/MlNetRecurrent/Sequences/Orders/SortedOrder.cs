namespace MlNetRecurrent.Sequences.Orders;

/// <summary>The rows of a group in the order of a column. All values are kept. Rows that are equal stay as they were read.</summary>
/// <typeparam name="T">The type of the order.</typeparam>
/// <param name="reader">Reads the order of the current row.</param>
/// <param name="checks">Whether rows that are out of order are an error.</param>
/// <param name="grows">Whether the order is asked for after each row, rather than once.</param>
internal sealed class SortedOrder<T>(OrderReader<T> reader, bool checks, bool grows) : RowOrder
    where T : notnull, IComparable<T>
{
    private readonly List<T> _values = [];
    private readonly List<long> _positions = [];
    private bool _isSorted = true, _wasSorted = true;

    /// <summary>The row that stands last, and the one that did before the last row came.</summary>
    private int _last = -1, _lastBefore = -1;

    /// <summary>The sorted order of the first rows of the group, and their number.</summary>
    private int[] _places = [];
    private int _placed;

    /// <summary>The row of each value, while it grows and no two rows may be equal.</summary>
    private Dictionary<T, int>? _rows;

    public override OrderFault? FindFault()
    {
        if (_values.Count == 0)
            return null;
        int comparison = reader.Value.CompareTo(_values[^1]);
        if ((comparison < 0 && checks) || (comparison == 0 && !reader.AllowsTies))
            return reader.FaultAfter(_values[^1], _positions[^1]);
        if (!grows || reader.AllowsTies || (_isSorted && comparison > 0))
            return null;
        return Rows().TryGetValue(reader.Value, out int other) ? reader.Tie(reader.Value, reader.Position, _positions[other]) : null;
    }

    public override void Append()
    {
        (_wasSorted, _lastBefore) = (_isSorted, _last);
        _rows?.TryAdd(reader.Value, _values.Count);
        _positions.Add(reader.Position);
        Add(reader.Value);
    }

    public override void Undo()
    {
        int row = _values.Count - 1;
        _rows?.Remove(_values[row]);
        _values.RemoveAt(row);
        _positions.RemoveAt(row);
        (_isSorted, _last) = (_wasSorted, _lastBefore);
        if (_placed <= row)
            return;
        int place = Array.IndexOf(_places, row, 0, _placed);
        _placed--;
        Array.Copy(_places, place + 1, _places, place, _placed - place);
    }

    /// <summary>Where neighbors are equal, the earlier row comes first, or is named in the error.</summary>
    public override OrderFault? Sort() => _isSorted ? null : SortAll();

    public override int[]? Places()
    {
        if (_isSorted)
            return null;
        if (_values.Count - _placed > 1)
            SortAll();
        else if (_values.Count > _placed)
            Insert();
        return _places;
    }

    public override int? Last() => _isSorted ? null : _last;

    public override void Write(BinaryWriter writer)
    {
        StateValue.Write(writer, _values);
        StateValue.Write(writer, _positions);
    }

    public override void Read(BinaryReader source, long rows)
    {
        var values = new List<T>();
        StateValue.Read(source, values, rows);
        StateValue.Read(source, _positions, rows);
        values.ForEach(Add);
    }

    private void Add(T value)
    {
        _isSorted = _isSorted && (_values.Count == 0 || value.CompareTo(_values[^1]) >= 0);
        if (_last < 0 || value.CompareTo(_values[_last]) >= 0)
            _last = _values.Count;
        _values.Add(value);
    }

    private OrderFault? SortAll()
    {
        T[] values = [.. _values];
        _places = [.. Enumerable.Range(0, values.Length)];
        _placed = values.Length;
        Array.Sort(values, _places);
        for (int first = 0, next; first < values.Length; first = next)
        {
            for (next = first + 1; next < values.Length && values[next].CompareTo(values[first]) == 0;)
                next++;
            Array.Sort(_places, first, next - first);
            if (next - first > 1 && !reader.AllowsTies)
                return reader.Tie(values[first], _positions[_places[first + 1]], _positions[_places[first]]);
        }
        return null;
    }

    /// <summary>Puts the last row in its place, after those that are equal.</summary>
    private void Insert()
    {
        int place = 0;
        for (int end = _placed; place < end;)
        {
            int middle = (place + end) / 2;
            if (_values[_places[middle]].CompareTo(_values[^1]) <= 0)
                place = middle + 1;
            else
                end = middle;
        }
        if (_placed == _places.Length)
            Array.Resize(ref _places, Math.Max(4, 2 * _placed));
        Array.Copy(_places, place, _places, place + 1, _placed - place);
        _places[place] = _placed++;
    }

    private Dictionary<T, int> Rows()
    {
        if (_rows is not null)
            return _rows;
        _rows = [];
        for (int row = 0; row < _values.Count; row++)
            _rows.TryAdd(_values[row], row);
        return _rows;
    }
}
