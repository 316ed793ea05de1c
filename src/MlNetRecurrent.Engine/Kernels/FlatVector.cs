namespace MlNetRecurrent.Engine.Kernels;

/// <summary>Operations on flat buffers whose length is a multiple of <see cref="Block.Size"/>.</summary>
internal static unsafe class FlatVector<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Elements that are summed in single precision before the sum goes on in double.</summary>
    private const int Chunk = 4096;

    /// <summary>Σ x², in an order that depends neither on the SIMD width nor on threads.</summary>
    public static double SumOfSquares(T* x, nint length)
    {
        double sum = 0;
        for (nint start = 0; start < length; start += Chunk)
        {
            nint count = nint.Min(Chunk, length - start);
            for (int lane = 0; lane < Block.Size; lane += L.Count)
                AddLanes(x + start + lane, count, ref sum);
        }
        return sum;

        static void AddLanes(T* x, nint count, ref double sum)
        {
            L squares = L.Broadcast(T.Zero);
            for (nint i = 0; i < count; i += Block.Size)
            {
                L value = L.Load(x + i);
                squares = L.MultiplyAdd(value, value, squares);
            }
            T* parts = stackalloc T[Block.Size];
            L.Store(squares, parts);
            for (int i = 0; i < L.Count; i++)
                sum += double.CreateTruncating(parts[i]);
        }
    }

    /// <summary>y += x.</summary>
    public static void Add(T* x, T* y, nint length)
    {
        for (nint i = 0; i < length; i += L.Count)
            L.Store(L.Load(x + i) + L.Load(y + i), y + i);
    }

    /// <summary>x = 0.</summary>
    public static void Clear(T* x, nint length)
    {
        L zero = L.Broadcast(T.Zero);
        for (nint i = 0; i < length; i += L.Count)
            L.Store(zero, x + i);
    }
}
