namespace MlNetRecurrent.Sequences.Groups;

/// <summary>The rows of a group so far.</summary>
/// <param name="order">How they follow one another.</param>
/// <param name="columns">The columns that are wanted of them, by their place in the output; null where one is not.</param>
internal sealed class GroupRows(RowOrder order, GroupColumn?[] columns)
{
    private int[]? _places;
    private bool _isOrdered;

    /// <summary>Which row, of all groups, its last one was.</summary>
    public long LastUse { get; set; }

    public GroupColumn Column(int index) => columns[index]!;

    /// <summary>Takes the current row.</summary>
    public void Append()
    {
        order.Append();
        foreach (GroupColumn? column in columns)
            column?.Append();
        _isOrdered = false;
    }

    public int[]? Places()
    {
        if (!_isOrdered)
            _places = order.Places();
        _isOrdered = true;
        return _places;
    }

    public void Write(BinaryWriter writer)
    {
        order.Write(writer);
        foreach (GroupColumn? column in columns)
            column?.Write(writer);
    }

    public void Read(BinaryReader reader)
    {
        order.Read(reader);
        foreach (GroupColumn? column in columns)
            column?.Read(reader);
        _isOrdered = false;
    }
}
