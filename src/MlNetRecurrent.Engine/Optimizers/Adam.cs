using System.Numerics;
using System.Runtime.CompilerServices;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>
/// Adam (Kingma and Ba 2014), with the usual β₁ = 0.9, β₂ = 0.999, ε = 1e-8:
/// <code>
/// m = β₁ m + (1 - β₁) g,  v = β₂ v + (1 - β₂) g²
/// w = w - α m̂ / (√v̂ + ε)      with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ)
/// </code>
/// </summary>
internal sealed unsafe class Adam<L, T>(nint length)
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    /// <summary>A gradient is read in multiples of its last bit, 1e-16 in single precision, and the averages are kept in those of its square's, 1e-25: beside ε they move no weight.</summary>
    private const double Small = Epsilon / 10;

    private readonly PinnedBuffer<T> _m = new(length), _v = new(length);
    private int _step;
    private double _rate, _correction;

    /// <summary>m.</summary>
    public ReadOnlySpan<T> FirstMoment => _m.Span;

    /// <summary>Begins a step.</summary>
    public void NextStep(double learningRate)
    {
        _step++;
        _rate = learningRate / (1 - Math.Pow(Beta1, _step));
        _correction = 1 / Math.Sqrt(1 - Math.Pow(Beta2, _step));
    }

    /// <summary>Takes the step for a range of the weights, along the gradients, each multiplied by <paramref name="gradientScale"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update(T* weights, T* gradients, double gradientScale, nint start, nint end)
    {
        L beta1 = Constant(Beta1), rest1 = Constant(1 - Beta1), beta2 = Constant(Beta2), rest2 = Constant(1 - Beta2), scale = Constant(gradientScale);
        L rate = Constant(_rate), correction = Constant(_correction), epsilon = Constant(Epsilon);
        T* m = _m.Pointer, v = _v.Pointer;
        for (nint i = start; i < end; i += L.Count)
        {
            L g = Vanishing<L, T>.Round(L.Load(gradients + i) * scale, Small);
            L mi = Vanishing<L, T>.Round(L.MultiplyAdd(beta1, L.Load(m + i), rest1 * g), Small * Small);
            L vi = Vanishing<L, T>.Round(L.MultiplyAdd(beta2, L.Load(v + i), rest2 * (g * g)), Small * Small);
            L.Store(mi, m + i);
            L.Store(vi, v + i);
            L.Store(L.Load(weights + i) - rate * mi / L.MultiplyAdd(L.Sqrt(vi), correction, epsilon), weights + i);
        }
    }

    private static L Constant(double value) => L.Broadcast(T.CreateTruncating(value));
}
