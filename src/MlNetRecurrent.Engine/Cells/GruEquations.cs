namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The equations of a step of a GRU with the reset gate after the product, for one block of units and any number of sequences:
/// <code>
/// r = σ(r'), z = σ(z')            with r' = W x + R h + b, and so on
/// n = tanh(n' + r q)              with n' = W x + b and q = R h + b
/// h = n + z (h' - n)              with h' the state before the step
/// </code>
/// </summary>
internal static unsafe class GruEquations<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Turns pre-activations into r, z and n, in place, and computes h.</summary>
    /// <param name="rows">Sequences.</param>
    /// <param name="resetUpdate">[rows, (r, z)].</param>
    /// <param name="candidate">[rows, panel], of which the block of n is used.</param>
    /// <param name="recall">[rows, panel], of which the block of q is used.</param>
    /// <param name="before">h' [rows, …], one block wide.</param>
    /// <param name="state">h [rows, …], one block wide.</param>
    /// <param name="stateStride">Elements from one row of h and h' to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward(int rows, T* resetUpdate, T* candidate, T* recall, T* before, T* state, nint stateStride)
    {
        for (nint row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                T* resetUpdateAt = resetUpdate + row * Block.Panel + lane, candidateAt = candidate + row * Block.Panel + lane;
                L r = L.Sigmoid(L.Load(resetUpdateAt)), z = L.Sigmoid(L.Load(resetUpdateAt + Block.Size));
                L.Store(r, resetUpdateAt);
                L.Store(z, resetUpdateAt + Block.Size);
                L.Store(L.MultiplyAdd(r, L.Load(recall + row * Block.Panel + lane), L.Load(candidateAt)), candidateAt);
            }
        }
        // A loop of its own: the wait for r would keep the processor from starting on the rows that follow.
        for (nint row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                T* candidateAt = candidate + row * Block.Panel + lane;
                L n = L.Tanh(L.Load(candidateAt)), z = L.Load(resetUpdate + row * Block.Panel + Block.Size + lane);
                L.Store(n, candidateAt);
                L.Store(L.MultiplyAdd(z, L.Load(before + row * stateStride + lane) - n, n), state + row * stateStride + lane);
            }
        }
    }

    /// <summary>
    /// The same where nothing is kept for the backward pass. Divisions take most of the time, so h is brought to one denominator:
    /// <code>
    /// h = (n e + h' N) / ((1 + e) N)     with z = 1 / (1 + e), tanh(n' + r q) = n / N
    /// </code>
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Score(int rows, T* resetUpdate, T* candidate, T* recall, T* before, T* state, nint stateStride)
    {
        for (nint row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                T* candidateAt = candidate + row * Block.Panel + lane;
                L.Store(
                    L.MultiplyAdd(
                        L.Sigmoid(L.Load(resetUpdate + row * Block.Panel + lane)),
                        L.Load(recall + row * Block.Panel + lane), L.Load(candidateAt)),
                    candidateAt);
            }
        }
        L one = L.Broadcast(T.One);
        for (nint row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                L e = L.ExpOfNegative(L.Load(resetUpdate + row * Block.Panel + Block.Size + lane));
                L n = L.Tanh(L.Load(candidate + row * Block.Panel + lane), out L underN);
                L.Store(
                    L.MultiplyAdd(n, e, L.Load(before + row * stateStride + lane) * underN) / ((one + e) * underN),
                    state + row * stateStride + lane);
            }
        }
    }

    /// <summary>
    /// Turns r, z, n and q into the gradients of their pre-activations, in place, and carries dh one step back as far as it does not go
    /// through a product:
    /// <code>
    /// dn' = dh (1 - z) (1 - n²), dz' = dh (h' - n) z (1 - z), dr' = dn' q r (1 - r), dq = dn' r
    /// dh' = dh z
    /// </code>
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Backward(
        int rows, T* resetUpdate, T* candidate, T* recall, T* before, nint stateStride, T* stateGradient, nint gradientStride)
    {
        L one = L.Broadcast(T.One);
        for (; rows > 0; rows--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                L r = L.Load(resetUpdate + lane), z = L.Load(resetUpdate + Block.Size + lane);
                L n = L.Load(candidate + lane), q = L.Load(recall + lane), dh = FlushToZero<L, T>.Gradient(L.Load(stateGradient + lane));
                L dn = dh * (one - z) * (one - n * n);
                L.Store(dn * q * (r * (one - r)), resetUpdate + lane);
                L.Store(dh * (L.Load(before + lane) - n) * (z * (one - z)), resetUpdate + Block.Size + lane);
                L.Store(dn, candidate + lane);
                L.Store(dn * r, recall + lane);
                L.Store(dh * z, stateGradient + lane);
            }
            resetUpdate += Block.Panel;
            candidate += Block.Panel;
            recall += Block.Panel;
            before += stateStride;
            stateGradient += gradientStride;
        }
    }
}
