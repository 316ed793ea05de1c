namespace MlNetRecurrent.Sequences.Orders;

/// <summary>Checks that the rows of a group come in their order.</summary>
internal abstract class OrderCheck
{
    /// <summary>What is wrong where the current row is the next one of the group; nothing changes.</summary>
    public abstract OrderFault? FindFault();

    /// <summary>Takes the current row.</summary>
    public abstract void Accept();
}

/// <typeparam name="T">The type of the order.</typeparam>
/// <param name="reader">Reads the order of the current row.</param>
internal sealed class OrderCheck<T>(OrderReader<T> reader) : OrderCheck
    where T : IComparable<T>
{
    private T _last = default!;
    private long _lastPosition;
    private bool _hasLast;

    public override OrderFault? FindFault() => _hasLast ? reader.FaultAfter(_last, _lastPosition) : null;

    public override void Accept()
    {
        _last = reader.Value;
        _lastPosition = reader.Position;
        _hasLast = true;
    }
}
