namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The equations of a step of an LSTM, for one block of units and any number of sequences:
/// <code>
/// i = σ(i'), f = σ(f'), g = tanh(g'), o = σ(o')      with i' = W x + R h + b, and so on
/// c = f c' + i g
/// h = o tanh c
/// </code>
/// </summary>
internal static unsafe class LstmEquations<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Turns pre-activations into gates, in place, and computes c, tanh c and h.</summary>
    /// <param name="rows">Sequences.</param>
    /// <param name="inputForget">[rows, (i, f)].</param>
    /// <param name="candidateOutput">[rows, (g, o)].</param>
    /// <param name="before">c before the step [rows, block].</param>
    /// <param name="memory">c after the step [rows, block].</param>
    /// <param name="squashed">tanh c [rows, block].</param>
    /// <param name="state">h [rows, …], one block wide.</param>
    /// <param name="stateStride">Elements from one row of h to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward(int rows, T* inputForget, T* candidateOutput, T* before, T* memory, T* squashed, T* state, nint stateStride)
    {
        for (nint row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                T* inputForgetAt = inputForget + row * Block.Panel + lane, candidateOutputAt = candidateOutput + row * Block.Panel + lane;
                L i = L.Sigmoid(L.Load(inputForgetAt)), f = L.Sigmoid(L.Load(inputForgetAt + Block.Size));
                L g = L.Tanh(L.Load(candidateOutputAt));
                L.Store(i, inputForgetAt);
                L.Store(f, inputForgetAt + Block.Size);
                L.Store(g, candidateOutputAt);
                L.Store(L.MultiplyAdd(f, L.Load(before + row * Block.Size + lane), i * g), memory + row * Block.Size + lane);
            }
        }
        // A loop of its own: the wait for c would keep the processor from starting on the rows that follow.
        for (nint row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                T* outputAt = candidateOutput + row * Block.Panel + Block.Size + lane;
                L o = L.Sigmoid(L.Load(outputAt)), tanhC = L.Tanh(L.Load(memory + row * Block.Size + lane));
                L.Store(o, outputAt);
                L.Store(tanhC, squashed + row * Block.Size + lane);
                L.Store(o * tanhC, state + row * stateStride + lane);
            }
        }
    }

    /// <summary>
    /// The same where nothing is kept for the backward pass: c is replaced, and the gates are left as they are. Divisions take most of
    /// the time, so each sum is brought to one denominator:
    /// <code>
    /// c = (c' I G + g F) / (F I G)     with i = 1 / I, f = 1 / F, tanh g' = g / G
    /// h = t / (O T)                    with o = 1 / O, tanh c = t / T
    /// </code>
    /// A gate is at least 1e-12, and the memory at most 1e24, far more than the one that each step can add.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Score(int rows, T* inputForget, T* candidateOutput, T* memory, T* state, nint stateStride)
    {
        L one = L.Broadcast(T.One);
        for (nint row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                T* inputForgetAt = inputForget + row * Block.Panel + lane, memoryAt = memory + row * Block.Size + lane;
                L underI = one + L.ExpOfNegative(L.Load(inputForgetAt)), underF = one + L.ExpOfNegative(L.Load(inputForgetAt + Block.Size));
                L g = L.Tanh(L.Load(candidateOutput + row * Block.Panel + lane), out L underG);
                L underIG = underI * underG;
                L.Store(L.MultiplyAdd(g, underF, L.Load(memoryAt) * underIG) / (underF * underIG), memoryAt);
            }
        }
        for (nint row = 0; row < rows; row++)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                L underO = one + L.ExpOfNegative(L.Load(candidateOutput + row * Block.Panel + Block.Size + lane));
                L t = L.Tanh(L.Load(memory + row * Block.Size + lane), out L underT);
                L.Store(t / (underO * underT), state + row * stateStride + lane);
            }
        }
    }

    /// <summary>
    /// Turns gates into the gradients of their pre-activations, in place, and carries dc one step back:
    /// <code>
    /// dc += dh o (1 - tanh² c)
    /// do' = dh tanh c · o (1 - o), dg' = dc i (1 - g²), di' = dc g · i (1 - i), df' = dc c' · f (1 - f)
    /// dc' = dc f
    /// </code>
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Backward(
        int rows, T* inputForget, T* candidateOutput, T* before, T* squashed, T* stateGradient, nint stateStride, T* memoryGradient)
    {
        L one = L.Broadcast(T.One);
        for (; rows > 0; rows--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
            {
                L i = L.Load(inputForget + lane), f = L.Load(inputForget + Block.Size + lane);
                L g = L.Load(candidateOutput + lane), o = L.Load(candidateOutput + Block.Size + lane);
                L tanhC = L.Load(squashed + lane), dh = FlushToZero<L, T>.Gradient(L.Load(stateGradient + lane));
                L dc = L.MultiplyAdd(dh * o, one - tanhC * tanhC, L.Load(memoryGradient + lane));
                L.Store(dc * g * (i * (one - i)), inputForget + lane);
                L.Store(dc * L.Load(before + lane) * (f * (one - f)), inputForget + Block.Size + lane);
                L.Store(dc * i * (one - g * g), candidateOutput + lane);
                L.Store(dh * tanhC * (o * (one - o)), candidateOutput + Block.Size + lane);
                L.Store(FlushToZero<L, T>.Gradient(dc * f), memoryGradient + lane);
            }
            inputForget += Block.Panel;
            candidateOutput += Block.Panel;
            before += Block.Size;
            squashed += Block.Size;
            stateGradient += stateStride;
            memoryGradient += Block.Size;
        }
    }
}
