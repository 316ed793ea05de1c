namespace MlNetRecurrent.Sequences.Orders;

/// <summary>Checks that the rows of a group come in their order.</summary>
internal abstract class OrderCheck
{
    /// <summary>What is wrong where the current row is the next one of the group; nothing changes.</summary>
    public abstract OrderFault? FindFault();

    /// <summary>Takes the current row.</summary>
    public abstract void Accept();

    /// <summary>Forgets the row that was accepted last. Once a row.</summary>
    public abstract void Undo();

    /// <summary>Writes the order of the last row.</summary>
    public abstract void Write(BinaryWriter writer);

    public abstract void Read(BinaryReader reader);
}

/// <typeparam name="T">The type of the order.</typeparam>
/// <param name="order">Reads the order of the current row.</param>
internal sealed class OrderCheck<T>(OrderReader<T> order) : OrderCheck
    where T : notnull, IComparable<T>
{
    private T _last = default!;
    private long _lastPosition;
    private bool _hasLast;
    private (T Last, long Position, bool HasLast) _before;

    public override OrderFault? FindFault() => _hasLast ? order.FaultAfter(_last, _lastPosition) : null;

    public override void Accept()
    {
        _before = (_last, _lastPosition, _hasLast);
        _last = order.Value;
        _lastPosition = order.Position;
        _hasLast = true;
    }

    public override void Undo() => (_last, _lastPosition, _hasLast) = _before;

    public override void Write(BinaryWriter writer)
    {
        writer.Write(_hasLast);
        writer.Write(_lastPosition);
        StateValue.Write(writer, _last);
    }

    public override void Read(BinaryReader reader)
    {
        _hasLast = reader.ReadBoolean();
        _lastPosition = reader.ReadInt64();
        _last = StateValue.Read<T>(reader);
    }
}
