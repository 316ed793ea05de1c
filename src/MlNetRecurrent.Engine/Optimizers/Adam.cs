namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2014), with the usual β₁ = 0.9, β₂ = 0.999, ε = 1e-8:
/// <code>
/// m = β₁ m + (1 - β₁) g,  v = β₂ v + (1 - β₂) g²
/// w = w - α m̂ / (√v̂ + ε)      with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ)
/// </code>
/// A decay λ is added to the gradient as λ w, or, in AdamW (Loshchilov and Hutter 2017), taken from the weight itself: w = w - α λ w,
/// before the step.
/// </summary>
/// <param name="length">Weights.</param>
/// <param name="weightDecay">λ.</param>
/// <param name="decoupled">Whether it is AdamW.</param>
internal sealed unsafe class Adam<L, T>(nint length, double weightDecay = 0, bool decoupled = false) : Optimizer<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly PinnedBuffer<T> _m = new(length), _v = new(length);
    private double _rate, _correction, _kept;

    public override IReadOnlyList<PinnedBuffer<T>> Memory => [_m, _v];

    protected override void Begin(double learningRate)
    {
        _rate = learningRate / (1 - Math.Pow(Beta1, Steps));
        _correction = 1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps));
        _kept = decoupled ? 1 - learningRate * weightDecay : 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update(T* weights, T* gradients, double gradientScale, nint start, nint end)
    {
        L beta1 = Constant(Beta1), rest1 = Constant(1 - Beta1), beta2 = Constant(Beta2), rest2 = Constant(1 - Beta2);
        L scale = Constant(gradientScale), rate = Constant(_rate), correction = Constant(_correction), epsilon = Constant(Epsilon);
        L decay = Constant(decoupled ? 0 : weightDecay), kept = Constant(_kept);
        T* m = _m.Pointer, v = _v.Pointer;
        for (nint i = start; i < end; i += L.Count)
        {
            L w = L.Load(weights + i);
            L g = Gradient(L.MultiplyAdd(decay, w, L.Load(gradients + i) * scale));
            L mi = Average(L.MultiplyAdd(beta1, L.Load(m + i), rest1 * g));
            L vi = Average(L.MultiplyAdd(beta2, L.Load(v + i), rest2 * (g * g)));
            L.Store(mi, m + i);
            L.Store(vi, v + i);
            L.Store(w * kept - rate * mi / L.MultiplyAdd(L.Sqrt(vi), correction, epsilon), weights + i);
        }
    }
}
