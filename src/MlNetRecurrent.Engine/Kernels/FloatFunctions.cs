namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// The activation functions in single precision, as polynomials that every width evaluates in the same order. Largest errors, over all
/// floats (the tests measure them): sigmoid 2e-7 absolute, tanh 5e-7 relative; exp, between -10 and 0, 2e-6 relative.
/// </summary>
internal static class FloatFunctions
{
    private const float Log2E = 1.44269504f;

    /// <summary>Above it tanh is 1 but for 3e-7, and the fit 1 but for 5e-7.</summary>
    private const float TanhSaturation = 7.90531111f;

    /// <summary>Beyond it powers, or their reciprocals, are no longer normal numbers.</summary>
    private const float LargestPower = 126f;

    /// <summary>Products of three such powers, or of their reciprocals, are normal numbers.</summary>
    private const float LargestSharedPower = 40f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Exp<L>(L x)
        where L : unmanaged, IFloatLanes<L> => Exp2(x * L.Broadcast(Log2E), LargestPower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L ExpOfNegative<L>(L x)
        where L : unmanaged, IFloatLanes<L> => Exp2(x * L.Broadcast(-Log2E), LargestSharedPower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Sigmoid<L>(L x)
        where L : unmanaged, IFloatLanes<L>
    {
        L one = L.Broadcast(1f);
        return one / (one + Exp2(x * L.Broadcast(-Log2E), LargestPower));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Tanh<L>(L x)
        where L : unmanaged, IFloatLanes<L>
    {
        L numerator = Tanh(x, out L denominator);
        return numerator / denominator;
    }

    /// <summary>x · P(x²) / Q(x²), a minimax fit on the range where tanh is not yet ±1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Tanh<L>(L x, out L denominator)
        where L : unmanaged, IFloatLanes<L>
    {
        x = L.Max(L.Broadcast(-TanhSaturation), L.Min(L.Broadcast(TanhSaturation), x));
        L z = x * x;
        L p = L.MultiplyAdd(z, L.Broadcast(1.152635027e-05f), L.Broadcast(2.959974140e-03f));
        p = L.MultiplyAdd(p, z, L.Broadcast(1.293395594e-01f));
        p = L.MultiplyAdd(p, z, L.Broadcast(9.999998686e-01f));
        L q = L.MultiplyAdd(z, L.Broadcast(2.490772530e-07f), L.Broadcast(2.399409739e-04f));
        q = L.MultiplyAdd(q, z, L.Broadcast(2.385205030e-02f));
        q = L.MultiplyAdd(q, z, L.Broadcast(4.626718213e-01f));
        q = L.MultiplyAdd(q, z, L.Broadcast(1f));
        denominator = q;
        return x * p;
    }

    /// <summary>
    /// 2ˣ: a minimax fit of the fraction's power, scaled by the whole part. x is cut off at ± <paramref name="largest"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Exp2<L>(L x, float largest)
        where L : unmanaged, IFloatLanes<L>
    {
        (L n, L r) = L.Split(L.Max(L.Broadcast(-largest), L.Min(L.Broadcast(largest), x)));
        L p = L.MultiplyAdd(r, L.Broadcast(1.3276471979478776e-3f), L.Broadcast(9.67554133421605e-3f));
        p = L.MultiplyAdd(p, r, L.Broadcast(5.550713273542586e-2f));
        p = L.MultiplyAdd(p, r, L.Broadcast(0.24022119723848476f));
        p = L.MultiplyAdd(p, r, L.Broadcast(0.6931469670647331f));
        p = L.MultiplyAdd(p, r, L.Broadcast(1.0000000716546822f));
        return L.ScaleByPowerOf2(p, n);
    }
}
