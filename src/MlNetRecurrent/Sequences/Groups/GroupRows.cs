using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The rows of a group so far.</summary>
/// <param name="name">The group in messages.</param>
/// <param name="order">Their order.</param>
/// <param name="columns">The columns that are wanted of them, by their place in the output; null where one is not.</param>
internal sealed class GroupRows(Func<string> name, RowOrder order, GroupValues?[] columns)
{
    private int[]? _places;
    private bool _isOrdered;

    /// <summary>Which row, of all groups, its last one was.</summary>
    public long LastUse { get; set; }

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    public GroupValues Column(int index) => columns[index]!;

    /// <summary>Adds the current row, which all columns have read.</summary>
    /// <exception cref="InvalidOperationException">It cannot be in its place. The group is as it was.</exception>
    public void Append()
    {
        if (order.FindFault() is { } fault)
            throw fault.In(name());
        order.Append();
        foreach (GroupValues? column in columns)
            column?.Append();
        Count++;
        _isOrdered = false;
    }

    /// <summary>Puts the rows in order, once all are there.</summary>
    /// <exception cref="InvalidOperationException">Rows are equal in order, which is not allowed.</exception>
    public void Sort()
    {
        if (order.Sort() is { } fault)
            throw fault.In(name());
    }

    /// <summary>For each place in the sequence, the row that stands there; null where they stand as they were read.</summary>
    public int[]? Places()
    {
        if (!_isOrdered)
            _places = order.Places();
        _isOrdered = true;
        return _places;
    }

    /// <summary>The row that stands last.</summary>
    public int Last() => order.Last() ?? Count - 1;

    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        order.Write(writer);
        foreach (GroupValues? column in columns)
            column?.Write(writer);
    }

    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    /// <exception cref="InvalidDataException">The columns have values of other numbers of rows.</exception>
    public void Read(BinaryReader reader)
    {
        Count = reader.ReadInt32();
        order.Read(reader);
        foreach (GroupValues? column in columns)
            column?.Read(reader);
        if (Count < 0 || !order.HasRows(Count) || Array.Exists(columns, column => column?.HasRows(Count) == false))
            throw new InvalidDataException($"The state is damaged: a group has {Count} rows, and its columns have values of more or fewer.");
        _isOrdered = false;
    }
}
