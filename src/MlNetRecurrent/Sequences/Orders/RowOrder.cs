namespace MlNetRecurrent.Sequences.Orders;

/// <summary>
/// The order of the rows of a group. For each row, <see cref="FindFault"/> is asked before <see cref="Append"/>; one row may be taken back
/// after it. Unless a derived order sorts, rows stand as they were read.
/// </summary>
internal abstract class RowOrder
{
    /// <summary>The order in which rows are read, whatever they hold.</summary>
    public static RowOrder AsRead { get; } = new ReadingOrder();

    /// <summary>Checks whether the current row can be added; nothing changes.</summary>
    public abstract OrderFault? FindFault();

    /// <summary>Adds the current row.</summary>
    public abstract void Append();

    /// <summary>Forgets the row that was added last. At most once a row.</summary>
    public abstract void Undo();

    /// <summary>Sorts the rows, once all are there.</summary>
    /// <returns>The error of their order; null if there is none.</returns>
    public virtual OrderFault? Sort() => null;

    /// <summary>For each place in the sequence, the row that stands there, by its number among the rows of the group; null where they stand
    /// as they were read. The array may be longer than the sequence, and changes with the next row.</summary>
    public virtual int[]? Places() => null;

    /// <summary>The row that stands last; null where it is the one that was read last.</summary>
    public virtual int? Last() => null;

    /// <summary>Writes the order of the rows.</summary>
    public abstract void Write(BinaryWriter writer);

    /// <param name="source">The output of <see cref="Write"/>.</param>
    /// <param name="rows">The rows of the group.</param>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    /// <exception cref="InvalidDataException">The stream holds something else.</exception>
    public abstract void Read(BinaryReader source, long rows);

    private sealed class ReadingOrder : RowOrder
    {
        public override OrderFault? FindFault() => null;

        public override void Append()
        {
        }

        public override void Undo()
        {
        }

        public override void Write(BinaryWriter writer)
        {
        }

        public override void Read(BinaryReader source, long rows)
        {
        }
    }
}
