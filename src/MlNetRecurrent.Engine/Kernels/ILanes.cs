namespace MlNetRecurrent.Engine.Kernels;

/// <summary>
/// A vector register of numbers. All arithmetic of the engine is written once against this interface and compiled by the JIT for each
/// implementation: the SIMD widths, the scalar reference, and double precision (which the gradient checks run on).
/// </summary>
/// <typeparam name="TSelf">The register type.</typeparam>
/// <typeparam name="T">The number in one lane.</typeparam>
internal unsafe interface ILanes<TSelf, T>
    where TSelf : unmanaged, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Numbers in one register; divides <see cref="Block.Size"/>.</summary>
    static abstract int Count { get; }

    /// <summary>Rows of the largest register tile (rows × 2 registers) that leaves registers over for the operands.</summary>
    static abstract int TileRows { get; }

    static abstract TSelf Load(T* source);

    static abstract void Store(TSelf value, T* destination);

    static abstract TSelf Broadcast(T value);

    /// <summary>x · y + z, fused where the processor can.</summary>
    static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);

    static abstract TSelf Sqrt(TSelf x);

    /// <summary>The larger, or <paramref name="y"/> where one of both is not a number.</summary>
    static abstract TSelf Max(TSelf x, TSelf y);

    /// <summary>The exponential function. In single precision the argument is cut off where the result is no longer normal.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>1 / (1 + exp(-x)).</summary>
    static abstract TSelf Sigmoid(TSelf x);

    /// <summary>The hyperbolic tangent.</summary>
    static abstract TSelf Tanh(TSelf x);

    /// <summary>exp(-x), from 2⁻⁴⁰ to 2⁴⁰. With it 1 / (1 + exp(-x)) is a sigmoid, and may share a division with others.</summary>
    static abstract TSelf ExpOfNegative(TSelf x);

    /// <summary>
    /// The hyperbolic tangent as numerator and denominator, of which the latter is between 1 and 200: it may share a division with others.
    /// </summary>
    static abstract TSelf Tanh(TSelf x, out TSelf denominator);

    static abstract TSelf operator +(TSelf x, TSelf y);

    static abstract TSelf operator -(TSelf x, TSelf y);

    static abstract TSelf operator *(TSelf x, TSelf y);

    static abstract TSelf operator /(TSelf x, TSelf y);
}
