namespace MlNetRecurrent.Engine.Cells;

/// <summary>
/// The equation of a step of an Elman network, for one block of units and any number of sequences: h = f(h'), with h' = W x + R h + b.
/// </summary>
internal static unsafe class ElmanEquations<L, T, TActivation>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TActivation : IActivation<L, T>
{
    /// <summary>h from the pre-activations [rows, panel], of which one block is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Forward(int rows, T* gate, T* state, nint stateStride)
    {
        for (; rows > 0; rows--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
                L.Store(TActivation.Apply(L.Load(gate + lane)), state + lane);
            gate += Block.Panel;
            state += stateStride;
        }
    }

    /// <summary>The gradient of the pre-activations, in their place: dh' = dh f'(h').</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Backward(int rows, T* gate, T* state, nint stateStride, T* stateGradient, nint gradientStride)
    {
        for (; rows > 0; rows--)
        {
            for (int lane = 0; lane < Block.Size; lane += L.Count)
                L.Store(FlushToZero<L, T>.Gradient(L.Load(stateGradient + lane)) * TActivation.Slope(L.Load(state + lane)), gate + lane);
            gate += Block.Panel;
            state += stateStride;
            stateGradient += gradientStride;
        }
    }
}
