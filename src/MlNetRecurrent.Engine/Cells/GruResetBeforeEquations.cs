namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The equations of a step of a GRU with the reset gate before the product, for one block of units and any number of sequences:
/// <code>
/// r = σ(r'), z = σ(z')            with r' = W x + R h' + b, and so on
/// n = tanh(n')                    with n' = W x + R (r h') + b
/// h = n + z (h' - n)              with h' the state before the step
/// </code>
/// </summary>
internal static unsafe class GruResetBeforeEquations<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>r and z in the place of their pre-activations [rows, (r, z)], and r h' [rows, …].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ForwardGates(int rows, T* resetUpdate, T* before, T* kept, nint stride)
    {
        for (; rows > 0; rows--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                L r = L.Sigmoid(L.Load(resetUpdate + lane));
                L.Store(r, resetUpdate + lane);
                L.Store(L.Sigmoid(L.Load(resetUpdate + Block.Size + lane)), resetUpdate + Block.Size + lane);
                L.Store(r * L.Load(before + lane), kept + lane);
            }
            resetUpdate += Block.Panel;
            before += stride;
            kept += stride;
        }
    }

    /// <summary>n in the place of its pre-activation [rows, panel], and h.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ForwardState(int rows, T* resetUpdate, T* candidate, T* before, T* state, nint stride)
    {
        for (; rows > 0; rows--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                L n = L.Tanh(L.Load(candidate + lane));
                L.Store(n, candidate + lane);
                L.Store(L.MultiplyAdd(L.Load(resetUpdate + Block.Size + lane), L.Load(before + lane) - n, n), state + lane);
            }
            resetUpdate += Block.Panel;
            candidate += Block.Panel;
            before += stride;
            state += stride;
        }
    }

    /// <summary>dn' = dh (1 - z) (1 - n²), dz' = dh (h' - n) z (1 - z), each in its place, and dh' = dh z.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void BackwardState(int rows, T* resetUpdate, T* candidate, T* before, nint stride, T* stateGradient, nint gradientStride)
    {
        L one = L.Broadcast(T.One);
        for (; rows > 0; rows--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                L z = L.Load(resetUpdate + Block.Size + lane), n = L.Load(candidate + lane);
                L dh = FlushToZero<L, T>.Gradient(L.Load(stateGradient + lane));
                L.Store(dh * (one - z) * (one - n * n), candidate + lane);
                L.Store(dh * (L.Load(before + lane) - n) * (z * (one - z)), resetUpdate + Block.Size + lane);
                L.Store(dh * z, stateGradient + lane);
            }
            resetUpdate += Block.Panel;
            candidate += Block.Panel;
            before += stride;
            stateGradient += gradientStride;
        }
    }

    /// <summary>From d = d(r h'): dr' = d h' r (1 - r) in its place, and dh' += d r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void BackwardGates(
        int rows, T* resetUpdate, T* before, nint stride, T* keptGradient, T* stateGradient, nint gradientStride)
    {
        L one = L.Broadcast(T.One);
        for (; rows > 0; rows--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                L r = L.Load(resetUpdate + lane), d = L.Load(keptGradient + lane);
                L.Store(d * L.Load(before + lane) * (r * (one - r)), resetUpdate + lane);
                L.Store(L.MultiplyAdd(d, r, L.Load(stateGradient + lane)), stateGradient + lane);
            }
            resetUpdate += Block.Panel;
            before += stride;
            keptGradient += gradientStride;
            stateGradient += gradientStride;
        }
    }
}
