namespace MlNetRecurrent.Sequences.Orders;

/// <summary>The rows of a group, which must come in the order of a column. Only the last value is kept.</summary>
/// <typeparam name="T">The type of the order.</typeparam>
/// <param name="reader">Reads the order of the current row.</param>
internal sealed class CheckedOrder<T>(OrderReader<T> reader) : RowOrder
    where T : notnull, IComparable<T>
{
    private T _last = default!;
    private long _lastPosition;
    private bool _hasLast;
    private (T Last, long Position, bool HasLast) _before;

    public override OrderFault? FindFault() => _hasLast ? reader.FaultAfter(_last, _lastPosition) : null;

    public override void Append()
    {
        _before = (_last, _lastPosition, _hasLast);
        (_last, _lastPosition, _hasLast) = (reader.Value, reader.Position, true);
    }

    public override void Undo() => (_last, _lastPosition, _hasLast) = _before;

    public override void Write(BinaryWriter writer)
    {
        writer.Write(_hasLast);
        writer.Write(_lastPosition);
        StateValue.Write(writer, _last);
    }

    public override void Read(BinaryReader source, long rows)
    {
        _hasLast = source.ReadBoolean();
        _lastPosition = source.ReadInt64();
        _last = StateValue.Read<T>(source);
    }
}
