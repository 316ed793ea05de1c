namespace MlNetRecurrent.Engine.Memory;

/// <summary>
/// Zeroed memory that does not move, so that kernels can hold pointers into it. It is an ordinary array to the garbage collector: a user of
/// <see cref="Pointer"/> must keep the buffer reachable.
/// </summary>
internal sealed unsafe class PinnedBuffer<T>
    where T : unmanaged
{
    /// <summary>A cache line, and the widest vector.</summary>
    private const int Alignment = 64;

    private readonly T[] _array;

    public PinnedBuffer(nint length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int slack = Alignment / sizeof(T);
        if (length > Array.MaxLength - slack)
        {
            throw new InvalidOperationException(
                $"The network and its batch need a buffer of {length} numbers; {Array.MaxLength - slack} are possible. "
                + "Fewer or shorter sequences in a batch, or smaller layers, need less.");
        }
        _array = Allocate((int)length + slack);
        nuint start = (nuint)Unsafe.AsPointer(ref _array[0]);
        Pointer = (T*)((start + Alignment - 1) / Alignment * Alignment);
        Length = (int)length;
    }

    private static T[] Allocate(int length)
    {
        try
        {
            return GC.AllocateArray<T>(length, pinned: true);
        }
        catch (OutOfMemoryException e)
        {
            throw new InvalidOperationException(
                $"The network and its batch need a buffer of {length} numbers, for which there is no memory. "
                + "Fewer or shorter sequences in a batch, or smaller layers, need less.",
                e);
        }
    }

    public T* Pointer { get; }

    public int Length { get; }

    public Span<T> Span => new(Pointer, Length);
}
