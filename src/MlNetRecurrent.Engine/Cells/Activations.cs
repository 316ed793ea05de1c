namespace MlNetRecurrent.Engine.Cells;

/// <summary>A function whose slope follows from its value. Where the function is not 0 at 0, the layer keeps the padding at 0.</summary>
internal interface IActivation<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract L Apply(L x);

    /// <summary>The slope where the function has the value <paramref name="y"/>.</summary>
    static abstract L Slope(L y);
}

/// <summary>y = tanh x, y' = 1 - y².</summary>
internal readonly struct Tanh<L, T> : IActivation<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Apply(L x) => L.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Slope(L y) => L.Broadcast(T.One) - y * y;
}

/// <summary>y = max(x, 0), y' = 1 where y > 0 and else 0.</summary>
internal readonly struct Rectifier<L, T> : IActivation<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The smallest normal single-precision number: it keeps 0 / 0 out of the slope.</summary>
    private const double Tiny = 1.17549435e-38;

    /// <summary>In this order, so that NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Apply(L x) => L.Max(L.Broadcast(T.Zero), x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Slope(L y) => y / L.Max(y, L.Broadcast(T.CreateTruncating(Tiny)));
}

/// <summary>y = σ(x), y' = y (1 - y).</summary>
internal readonly struct Logistic<L, T> : IActivation<L, T>
    where L : unmanaged, ILanes<L, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Apply(L x) => L.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static L Slope(L y) => y * (L.Broadcast(T.One) - y);
}
