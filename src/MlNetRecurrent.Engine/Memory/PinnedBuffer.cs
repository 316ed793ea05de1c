using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Engine.Memory;

/// <summary>
/// Zeroed memory that does not move, so that kernels can hold pointers into it. It is an ordinary array to the garbage collector: whoever uses
/// <see cref="Pointer"/> keeps the buffer reachable meanwhile.
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
        _array = GC.AllocateArray<T>(checked((int)length + Alignment / sizeof(T)), pinned: true);
        nuint start = (nuint)Unsafe.AsPointer(ref _array[0]);
        Pointer = (T*)((start + Alignment - 1) / Alignment * Alignment);
        Length = (int)length;
    }

    public T* Pointer { get; }

    public int Length { get; }

    public Span<T> Span => new(Pointer, Length);
}
