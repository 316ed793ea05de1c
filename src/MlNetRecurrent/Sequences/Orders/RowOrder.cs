namespace MlNetRecurrent.Sequences.Orders;

/// <summary>The order of the rows of a group.</summary>
internal abstract class RowOrder
{
    /// <summary>The order in which rows are read.</summary>
    public static RowOrder AsRead { get; } = new OfReading();

    /// <summary>What is wrong where the current row is added; nothing changes.</summary>
    public abstract OrderFault? FindFault();

    /// <summary>Adds the current row.</summary>
    public abstract void Append();

    /// <summary>Sorts the rows, once all are there.</summary>
    /// <returns>What is wrong with their order.</returns>
    public abstract OrderFault? Sort();

    /// <summary>For each place in the sequence, the row that stands there, by its number among the rows of the group; null where they stand
    /// as they were read.</summary>
    public abstract int[]? Places();

    /// <summary>The row that stands last; null where it is the one that was read last.</summary>
    public abstract int? Last();

    /// <summary>Writes the order of the rows.</summary>
    public virtual void Write(BinaryWriter writer)
    {
    }

    public virtual void Read(BinaryReader source)
    {
    }

    /// <summary>Whether it is the order of so many rows, as far as it keeps them.</summary>
    public virtual bool HasRows(int count) => true;

    private sealed class OfReading : RowOrder
    {
        public override OrderFault? FindFault() => null;

        public override void Append()
        {
        }

        public override OrderFault? Sort() => null;

        public override int[]? Places() => null;

        public override int? Last() => null;
    }
}

/// <summary>The order of a column. Rows that are equal stay as they were read.</summary>
/// <typeparam name="T">The type of the order.</typeparam>
/// <param name="reader">Reads the order of the current row.</param>
/// <param name="checks">Whether rows that are out of order are an error.</param>
/// <param name="grows">Whether the order is asked for after each row, rather than once.</param>
internal sealed class RowOrder<T>(OrderReader<T> reader, bool checks, bool grows) : RowOrder
    where T : IComparable<T>
{
    /// <summary>Stands for the current row in comparisons.</summary>
    private const int Current = -1;

    private readonly List<T> _values = [];
    private readonly List<long> _positions = [];
    private bool _isSorted = true;
    private int[]? _places;

    /// <summary>The rows in their order, while it grows and they are not as they were read.</summary>
    private SortedSet<int>? _tree;

    public override OrderFault? FindFault()
    {
        if (_values.Count == 0)
            return null;
        int comparison = reader.Value.CompareTo(_values[^1]);
        if ((comparison < 0 && checks) || (comparison == 0 && !reader.AllowsTies))
            return reader.FaultAfter(_values[^1], _positions[^1]);
        if (!grows || reader.AllowsTies || (_isSorted && comparison > 0))
            return null;
        return Tree().TryGetValue(Current, out int other) ? reader.Tie(reader.Value, reader.Position, _positions[other]) : null;
    }

    public override void Append()
    {
        _isSorted = _isSorted && (_values.Count == 0 || reader.Value.CompareTo(_values[^1]) >= 0);
        _values.Add(reader.Value);
        _positions.Add(reader.Position);
        _tree?.Add(_values.Count - 1);
    }

    /// <summary>Where neighbors are equal, the earlier row comes first, or is named in the error.</summary>
    public override OrderFault? Sort()
    {
        if (_isSorted)
            return null;
        T[] values = [.. _values];
        int[] places = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, places);
        for (int first = 0, next; first < values.Length; first = next)
        {
            for (next = first + 1; next < values.Length && values[next].CompareTo(values[first]) == 0;)
                next++;
            Array.Sort(places, first, next - first);
            if (next - first > 1 && !reader.AllowsTies)
                return reader.Tie(values[first], _positions[places[first + 1]], _positions[places[first]]);
        }
        _places = places;
        return null;
    }

    public override int[]? Places() => _isSorted ? null : grows ? [.. Tree()] : _places;

    public override int? Last() => _isSorted ? null : grows ? Tree().Max : _places![^1];

    public override void Write(BinaryWriter writer)
    {
        StateValue.Write(writer, _values);
        StateValue.Write(writer, _positions);
    }

    public override void Read(BinaryReader source)
    {
        StateValue.Read(source, _values);
        StateValue.Read(source, _positions);
        if (_positions.Count != _values.Count)
            throw new InvalidDataException("The state is damaged: the order of the rows of a group cannot be.");
        for (int i = 1; i < _values.Count; i++)
            _isSorted = _isSorted && _values[i].CompareTo(_values[i - 1]) >= 0;
    }

    public override bool HasRows(int count) => _values.Count == count;

    private SortedSet<int> Tree() => _tree ??= new(Enumerable.Range(0, _values.Count), Comparer<int>.Create(Compare));

    private int Compare(int one, int other)
    {
        int comparison = (one == Current ? reader.Value : _values[one]).CompareTo(other == Current ? reader.Value : _values[other]);
        return comparison == 0 && one != Current && other != Current ? one.CompareTo(other) : comparison;
    }
}
