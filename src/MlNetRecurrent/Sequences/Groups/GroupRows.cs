using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The rows of a group with all their values, which become sequences.</summary>
/// <param name="name">The group in messages.</param>
/// <param name="order">Their order.</param>
/// <param name="columns">The values of the columns that are asked for, by their place in the output; null for the others.</param>
internal sealed class GroupRows(Func<string> name, RowOrder order, GroupValues?[] columns) : RowGroup(order)
{
    private int[]? _places;
    private bool _isOrdered;

    public GroupValues Column(int index) => columns[index]!;

    /// <summary>Puts the rows in order, once all are there.</summary>
    /// <exception cref="InvalidOperationException">Rows are equal in order, which is not allowed.</exception>
    public void Sort()
    {
        if (Order.Sort() is { } fault)
            throw fault.In(name());
    }

    /// <summary>For each place in the sequence, the row that stands there; null where they stand as they were read.</summary>
    public int[]? Places()
    {
        if (!_isOrdered)
            _places = Order.Places();
        _isOrdered = true;
        return _places;
    }

    /// <summary>The row that stands last.</summary>
    public int Last() => Order.Last() ?? (int)Count - 1;

    public override void Write(BinaryWriter writer)
    {
        writer.Write((int)Count);
        Order.Write(writer);
        foreach (GroupValues? column in columns)
            column?.Write(writer);
    }

    public override void Read(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        if (count < 1)
            throw new InvalidDataException($"The state is damaged: a group has {count} rows.");
        Order.Read(reader, count);
        foreach (GroupValues? column in columns)
            column?.Read(reader, count);
        Count = count;
        _isOrdered = false;
    }

    protected override void AppendValues()
    {
        foreach (GroupValues? column in columns)
            column?.Append();
        _isOrdered = false;
    }

    protected override void RemoveLastValues()
    {
        foreach (GroupValues? column in columns)
            column?.RemoveLast();
        _isOrdered = false;
    }
}
