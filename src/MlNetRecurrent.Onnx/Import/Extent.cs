namespace MlNetRecurrent.Onnx.Import;

/// <summary>The size of an axis before the graph runs: a number times powers of the unknown sizes of the input.</summary>
/// <param name="Factor">The number.</param>
/// <param name="First">The power of the size of the first axis of the input.</param>
/// <param name="Second">The power of the size of the second axis of the input.</param>
/// <param name="Features">The power of the number of features, if the type of the input does not tell it.</param>
internal readonly record struct Extent(long Factor, int First = 0, int Second = 0, int Features = 0)
{
    public static Extent One { get; } = new(1);

    public bool IsKnown => First == 0 && Second == 0 && Features == 0;

    public bool IsOne => this == One;

    /// <exception cref="InvalidDataException">The product is too large.</exception>
    public static Extent operator *(Extent one, Extent other)
    {
        long factor;
        try
        {
            factor = checked(one.Factor * other.Factor);
        }
        catch (OverflowException e)
        {
            throw new InvalidDataException("The file is damaged: the product of its dimensions overflows.", e);
        }
        return new(factor, one.First + other.First, one.Second + other.Second, one.Features + other.Features);
    }

    /// <summary>The quotient; null if it is not a size.</summary>
    public Extent? DivideBy(Extent other)
    {
        long factor = other.Factor == 0 ? 0 : Factor / other.Factor;
        var quotient = new Extent(factor, First - other.First, Second - other.Second, Features - other.Features);
        bool isSize = quotient is { Factor: > 0, First: >= 0, Second: >= 0, Features: >= 0 } && factor * other.Factor == Factor;
        return isSize ? quotient : null;
    }
}
