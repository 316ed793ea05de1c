namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>
/// RMSProp (Tieleman and Hinton 2012), with PyTorch's constants β = 0.99, ε = 1e-8:
/// <code>
/// v = β v + (1 - β) g²,  w = w - α g / (√v + ε)
/// </code>
/// </summary>
/// <param name="length">Weights.</param>
/// <param name="weightDecay">λ, which is added to the gradient as λ w.</param>
internal sealed unsafe class RmsProp<L, T>(nint length, double weightDecay) : Optimizer<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Beta = 0.99, Epsilon = 1e-8;

    private readonly PinnedBuffer<T> _v = new(length);

    public override IReadOnlyList<PinnedBuffer<T>> Memory => [_v];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(T* weights, T* gradients, double gradientScale, nint start, nint end)
    {
        L beta = Constant(Beta), rest = Constant(1 - Beta), scale = Constant(gradientScale);
        L rate = Constant(LearningRate), epsilon = Constant(Epsilon), decay = Constant(weightDecay);
        T* v = _v.Pointer;
        for (nint i = start; i < end; i += L.Count)
        {
            L w = L.Load(weights + i);
            L g = Gradient(L.MultiplyAdd(decay, w, L.Load(gradients + i) * scale));
            L vi = Average(L.MultiplyAdd(beta, L.Load(v + i), rest * (g * g)));
            L.Store(vi, v + i);
            L.Store(w - rate * g / (L.Sqrt(vi) + epsilon), weights + i);
        }
    }
}
