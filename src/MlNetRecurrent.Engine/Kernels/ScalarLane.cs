namespace MlNetRecurrent.Engine.Kernels;

/// <summary>One single-precision lane: the scalar reference of the SIMD widths, and the path of a processor without SIMD.</summary>
internal readonly unsafe struct ScalarLane(float value) : IFloatLanes<ScalarLane>
{
    private readonly float _value = value;

    public static int Count => 1;

    public static int TileRows => 6;

    public static ScalarLane Load(float* source) => new(*source);

    public static void Store(ScalarLane value, float* destination) => *destination = value._value;

    public static ScalarLane Broadcast(float value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ScalarLane MultiplyAdd(ScalarLane x, ScalarLane y, ScalarLane z) =>
        new(float.MultiplyAddEstimate(x._value, y._value, z._value));

    public static ScalarLane Sqrt(ScalarLane x) => new(MathF.Sqrt(x._value));

    public static ScalarLane Max(ScalarLane x, ScalarLane y) => new(float.MaxNative(x._value, y._value));

    public static ScalarLane Min(ScalarLane x, ScalarLane y) => new(float.MinNative(x._value, y._value));

    public static (ScalarLane Whole, ScalarLane Fraction) Split(ScalarLane x)
    {
        float whole = MathF.Round(x._value);
        return (new(whole), new(x._value - whole));
    }

    public static ScalarLane ScaleByPowerOf2(ScalarLane x, ScalarLane n) =>
        new(BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(x._value) + ((int)n._value << 23)));

    public static ScalarLane Exp(ScalarLane x) => FloatFunctions.Exp(x);

    public static ScalarLane Sigmoid(ScalarLane x) => FloatFunctions.Sigmoid(x);

    public static ScalarLane Tanh(ScalarLane x) => FloatFunctions.Tanh(x);

    public static ScalarLane ExpOfNegative(ScalarLane x) => FloatFunctions.ExpOfNegative(x);

    public static ScalarLane Tanh(ScalarLane x, out ScalarLane denominator) => FloatFunctions.Tanh(x, out denominator);

    public static ScalarLane operator +(ScalarLane x, ScalarLane y) => new(x._value + y._value);

    public static ScalarLane operator -(ScalarLane x, ScalarLane y) => new(x._value - y._value);

    public static ScalarLane operator *(ScalarLane x, ScalarLane y) => new(x._value * y._value);

    public static ScalarLane operator /(ScalarLane x, ScalarLane y) => new(x._value / y._value);
}
