using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// The activation functions in single precision, as polynomials that every width evaluates in the same order. Largest errors, over all
/// floats (the tests measure them): sigmoid 2e-7 absolute, tanh 5e-7 relative; exp, between -10 and 0, 2e-6 relative.
/// </summary>
internal static class FloatFunctions
{
    private const float Log2E = 1.44269504f;

    /// <summary>Above it the rational approximation of tanh is 1 to the last bit.</summary>
    private const float TanhSaturation = 7.90531111f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Exp<L>(L x)
        where L : unmanaged, IFloatLanes<L> => Exp2(L.Max(L.Broadcast(-126f), L.Min(L.Broadcast(126f), x * L.Broadcast(Log2E))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Sigmoid<L>(L x)
        where L : unmanaged, IFloatLanes<L>
    {
        L one = L.Broadcast(1f);
        return one / (one + Exp2(L.Max(L.Broadcast(-126f), L.Min(L.Broadcast(126f), x * L.Broadcast(-Log2E)))));
    }

    /// <summary>x · P(x²) / Q(x²), a minimax fit on the range where tanh is not yet ±1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Tanh<L>(L x)
        where L : unmanaged, IFloatLanes<L>
    {
        x = L.Max(L.Broadcast(-TanhSaturation), L.Min(L.Broadcast(TanhSaturation), x));
        L z = x * x;
        L p = L.MultiplyAdd(z, L.Broadcast(-2.76076847742355e-16f), L.Broadcast(2.00018790482477e-13f));
        p = L.MultiplyAdd(p, z, L.Broadcast(-8.60467152213735e-11f));
        p = L.MultiplyAdd(p, z, L.Broadcast(5.12229709037114e-08f));
        p = L.MultiplyAdd(p, z, L.Broadcast(1.48572235717979e-05f));
        p = L.MultiplyAdd(p, z, L.Broadcast(6.37261928875436e-04f));
        p = L.MultiplyAdd(p, z, L.Broadcast(4.89352455891786e-03f));
        L q = L.MultiplyAdd(z, L.Broadcast(1.19825839466702e-06f), L.Broadcast(1.18534705686654e-04f));
        q = L.MultiplyAdd(q, z, L.Broadcast(2.26843463243900e-03f));
        q = L.MultiplyAdd(q, z, L.Broadcast(4.89352518554385e-03f));
        return x * p / q;
    }

    /// <summary>2ˣ for -126 ≤ x ≤ 126: a polynomial of the fraction, scaled by the whole part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Exp2<L>(L x)
        where L : unmanaged, IFloatLanes<L>
    {
        L n = L.Round(x);
        L r = x - n;
        L p = L.MultiplyAdd(r, L.Broadcast(1.3276471979478776e-3f), L.Broadcast(9.67554133421605e-3f));
        p = L.MultiplyAdd(p, r, L.Broadcast(5.550713273542586e-2f));
        p = L.MultiplyAdd(p, r, L.Broadcast(0.24022119723848476f));
        p = L.MultiplyAdd(p, r, L.Broadcast(0.6931469670647331f));
        p = L.MultiplyAdd(p, r, L.Broadcast(1.0000000716546822f));
        return L.ScaleByPowerOf2(p, n);
    }
}
