using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlNetRecurrent.Engine.Kernels;

/// <summary>16 single-precision lanes.</summary>
internal readonly unsafe struct Lanes512(Vector512<float> value) : IFloatLanes<Lanes512>
{
    /// <summary>
    /// The mode of <see cref="Avx512DQ.Reduce(Vector512{float}, byte)"/> that subtracts the rounded number. Other modes also round the
    /// result of the subtraction.
    /// </summary>
    private const byte ToNearest = 0b_1000;

    private readonly Vector512<float> _value = value;

    public static int Count => 16;

    public static int TileRows => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512 value, float* destination) => value._value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 MultiplyAdd(Lanes512 x, Lanes512 y, Lanes512 z) =>
        new(Vector512.MultiplyAddEstimate(x._value, y._value, z._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sqrt(Lanes512 x) => new(Vector512.Sqrt(x._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Max(Lanes512 x, Lanes512 y) => new(Vector512.MaxNative(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Min(Lanes512 x, Lanes512 y) => new(Vector512.MinNative(x._value, y._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512 Whole, Lanes512 Fraction) Split(Lanes512 x)
    {
        Vector512<float> rest = Avx512DQ.IsSupported ? Avx512DQ.Reduce(x._value, ToNearest) : x._value - Vector512.Round(x._value);
        return (new(x._value - rest), new(rest));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ScaleByPowerOf2(Lanes512 x, Lanes512 n) => Avx512F.IsSupported
        ? new(Avx512F.Scale(x._value, n._value))
        : new((x._value.AsInt32() + Vector512.ShiftLeft(Vector512.ConvertToInt32Native(n._value), 23)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Exp(Lanes512 x) => FloatFunctions.Exp(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Sigmoid(Lanes512 x) => FloatFunctions.Sigmoid(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Tanh(Lanes512 x) => FloatFunctions.Tanh(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ExpOfNegative(Lanes512 x) => FloatFunctions.ExpOfNegative(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Tanh(Lanes512 x, out Lanes512 denominator) => FloatFunctions.Tanh(x, out denominator);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 x, Lanes512 y) => new(x._value + y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 x, Lanes512 y) => new(x._value - y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 x, Lanes512 y) => new(x._value * y._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator /(Lanes512 x, Lanes512 y) => new(x._value / y._value);
}
