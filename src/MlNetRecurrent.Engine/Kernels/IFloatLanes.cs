namespace MlNetRecurrent.Engine.Kernels;

/// <summary>What the single-precision polynomials of <see cref="FloatFunctions"/> need beyond arithmetic.</summary>
internal interface IFloatLanes<TSelf> : ILanes<TSelf, float>
    where TSelf : unmanaged, IFloatLanes<TSelf>
{
    /// <summary>x - ⌊x⌋.</summary>
    static abstract TSelf Fraction(TSelf x);

    /// <summary>x · 2^⌊n⌋ for a normal result.</summary>
    static abstract TSelf ScaleByPowerOf2(TSelf x, TSelf n);

    static abstract TSelf Min(TSelf x, TSelf y);
}
