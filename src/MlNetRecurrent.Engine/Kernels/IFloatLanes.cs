namespace MlNetRecurrent.Engine.Kernels;

/// <summary>What the single-precision polynomials of <see cref="FloatFunctions"/> need beyond arithmetic.</summary>
internal interface IFloatLanes<TSelf> : ILanes<TSelf, float>
    where TSelf : unmanaged, IFloatLanes<TSelf>
{
    /// <summary>The nearest whole number, ties to even, and what x is more than it: -½ to ½.</summary>
    static abstract (TSelf Whole, TSelf Fraction) Split(TSelf x);

    /// <summary>x · 2ⁿ for whole n with a normal result.</summary>
    static abstract TSelf ScaleByPowerOf2(TSelf x, TSelf n);

    static abstract TSelf Min(TSelf x, TSelf y);
}
