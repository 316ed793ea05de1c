using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>
/// The rows of a group so far, as a <see cref="RowGrouper{TGroup}"/> keeps them. For each row, <see cref="FindFault"/> is asked before
/// <see cref="Append"/>; the last row may be taken back once.
/// </summary>
/// <param name="order">The order of the rows.</param>
internal abstract class RowGroup(RowOrder order)
{
    /// <summary>The number of the last row of the group among the rows of all groups.</summary>
    public long LastUse { get; set; }

    /// <summary>The number of rows.</summary>
    public long Count { get; protected set; }

    protected RowOrder Order => order;

    /// <summary>Checks whether the current row can be the next one of the group; nothing changes.</summary>
    public OrderFault? FindFault() => order.FindFault();

    /// <summary>Adds the current row, all of which has been read.</summary>
    public void Append()
    {
        order.Append();
        AppendValues();
        Count++;
    }

    /// <summary>Forgets the row that was added last. At most once a row.</summary>
    public void Undo()
    {
        order.Undo();
        RemoveLastValues();
        Count--;
    }

    public abstract void Write(BinaryWriter writer);

    /// <summary>Reads the output of <see cref="Write"/> into a group without rows.</summary>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public abstract void Read(BinaryReader reader);

    /// <summary>Adds the values of the current row. It is not counted yet.</summary>
    protected abstract void AppendValues();

    /// <summary>Forgets the values that were added last. They are still counted.</summary>
    protected abstract void RemoveLastValues();
}
