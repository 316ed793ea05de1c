namespace MlNetRecurrent.Engine.Kernels;

/// <summary>One double-precision lane, with which the tests compare every gradient with central differences.</summary>
internal readonly unsafe struct DoubleLane(double value) : ILanes<DoubleLane, double>
{
    /// <summary>Where exp is 2⁴⁰, as in single precision.</summary>
    private const double LargestShared = 40 * 0.6931471805599453;

    private readonly double _value = value;

    public static int Count => 1;

    public static int TileRows => 6;

    public static DoubleLane Load(double* source) => new(*source);

    public static void Store(DoubleLane value, double* destination) => *destination = value._value;

    public static DoubleLane Broadcast(double value) => new(value);

    public static DoubleLane MultiplyAdd(DoubleLane x, DoubleLane y, DoubleLane z) =>
        new(double.MultiplyAddEstimate(x._value, y._value, z._value));

    public static DoubleLane Sqrt(DoubleLane x) => new(Math.Sqrt(x._value));

    public static DoubleLane Max(DoubleLane x, DoubleLane y) => new(double.MaxNative(x._value, y._value));

    public static DoubleLane Exp(DoubleLane x) => new(Math.Exp(x._value));

    public static DoubleLane Sigmoid(DoubleLane x) => new(1 / (1 + Math.Exp(-x._value)));

    public static DoubleLane Tanh(DoubleLane x) => new(Math.Tanh(x._value));

    public static DoubleLane ExpOfNegative(DoubleLane x) => new(Math.Exp(-Math.Clamp(x._value, -LargestShared, LargestShared)));

    public static DoubleLane Tanh(DoubleLane x, out DoubleLane denominator)
    {
        denominator = new(1);
        return Tanh(x);
    }

    public static DoubleLane operator +(DoubleLane x, DoubleLane y) => new(x._value + y._value);

    public static DoubleLane operator -(DoubleLane x, DoubleLane y) => new(x._value - y._value);

    public static DoubleLane operator *(DoubleLane x, DoubleLane y) => new(x._value * y._value);

    public static DoubleLane operator /(DoubleLane x, DoubleLane y) => new(x._value / y._value);
}
