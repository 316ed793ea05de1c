namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>
/// Gradient descent with momentum (Polyak 1964; Sutskever et al. 2013), as PyTorch does it:
/// <code>
/// u = μ u + g,  w = w - α u
/// </code>
/// </summary>
/// <param name="length">Weights.</param>
/// <param name="weightDecay">λ, which is added to the gradient as λ w.</param>
/// <param name="momentum">μ.</param>
internal sealed unsafe class Sgd<L, T>(nint length, double weightDecay, double momentum) : Optimizer<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PinnedBuffer<T> _u = new(length);

    public override IReadOnlyList<PinnedBuffer<T>> Memory => [_u];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(T* weights, T* gradients, double gradientScale, nint start, nint end)
    {
        L mu = Constant(momentum), scale = Constant(gradientScale), rate = Constant(LearningRate), decay = Constant(weightDecay);
        T* u = _u.Pointer;
        for (nint i = start; i < end; i += L.Count)
        {
            L w = L.Load(weights + i);
            L g = Gradient(L.MultiplyAdd(decay, w, L.Load(gradients + i) * scale));
            L ui = Average(L.MultiplyAdd(mu, L.Load(u + i), g));
            L.Store(ui, u + i);
            L.Store(w - rate * ui, weights + i);
        }
    }
}
