namespace MlNetRecurrent.Engine.Matrices;

/// <summary>
/// All weights of a network in one flat buffer, in the order and packing of its layers. Networks that only score may share it.
/// </summary>
internal sealed class Parameters<T>(nint count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public PinnedBuffer<T> Values { get; } = new(count);

    public Parameters<T> Copy()
    {
        var copy = new Parameters<T>(Values.Length);
        Values.Span.CopyTo(copy.Values.Span);
        return copy;
    }
}
