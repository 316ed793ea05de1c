using MlNetRecurrent.Engine.Kernels;

namespace MlNetRecurrent.Engine.Tests;

public sealed unsafe class FloatFunctionTests
{
    private static readonly float[] _ends =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.Epsilon, -float.Epsilon, 1e-40f,
        float.MaxValue, float.MinValue, 87.5f, -87.5f, 28f, -28f,
    ];

    [Fact]
    public void Sigmoid_is_within_2e_7_of_the_true_value() =>
        AssertError(ScalarLane.Sigmoid, x => 1 / (1 + Math.Exp(-x)), relative: false, 2e-7);

    [Fact]
    public void Tanh_is_within_5e_7_of_the_true_value_relatively() => AssertError(ScalarLane.Tanh, Math.Tanh, relative: true, 5e-7);

    [Fact]
    public void Exp_is_within_2e_6_of_the_true_value_relatively_where_a_softmax_needs_it() =>
        AssertError(ScalarLane.Exp, x => x is <= 0 and >= -10 ? Math.Exp(x) : double.NaN, relative: true, 2e-6);

    [Theory]
    [InlineData(float.MaxValue)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(200f)]
    public void Functions_saturate(float x)
    {
        Assert.Equal(1f, Value(ScalarLane.Sigmoid, x));
        Assert.Equal(0f, Value(ScalarLane.Sigmoid, -x), 1e-37f);
        Assert.Equal(1f, Value(ScalarLane.Tanh, x), 1e-6f);
        Assert.Equal(-1f, Value(ScalarLane.Tanh, -x), 1e-6f);
        Assert.Equal(0f, Value(ScalarLane.Exp, -x), 1e-37f);
        Assert.InRange(Value(ScalarLane.Exp, x), 1e37f, float.MaxValue);
    }

    [Fact]
    public void What_is_not_a_number_stays_so()
    {
        Assert.True(float.IsNaN(Value(ScalarLane.Sigmoid, float.NaN)));
        Assert.True(float.IsNaN(Value(ScalarLane.Tanh, float.NaN)));
        Assert.True(float.IsNaN(Value(ScalarLane.Exp, float.NaN)));
        Assert.True(float.IsNaN(Value(ScalarLane.ExpOfNegative, float.NaN)));
    }

    [Fact]
    public void Every_width_gives_the_same_bits_as_the_scalar_reference()
    {
        AssertSameAsScalar<Lanes128>();
        AssertSameAsScalar<Lanes256>();
        AssertSameAsScalar<Lanes512>();
    }

    private static void AssertSameAsScalar<L>()
        where L : unmanaged, IFloatLanes<L>
    {
        AssertSame<L>(ScalarLane.Sigmoid, L.Sigmoid);
        AssertSame<L>(ScalarLane.Tanh, L.Tanh);
        AssertSame<L>(ScalarLane.Exp, L.Exp);
        AssertSame<L>(ScalarLane.ExpOfNegative, L.ExpOfNegative);
        AssertSame<L>(x => ScalarLane.Tanh(x, out _), x => L.Tanh(x, out _));
        AssertSame<L>(Denominator, Denominator);

        static TLanes Denominator<TLanes>(TLanes x)
            where TLanes : unmanaged, IFloatLanes<TLanes>
        {
            TLanes.Tanh(x, out TLanes denominator);
            return denominator;
        }
    }

    private static void AssertSame<L>(Func<ScalarLane, ScalarLane> scalar, Func<L, L> function)
        where L : unmanaged, IFloatLanes<L>
    {
        float[] x = [.. Arguments().Where((_, i) => i % 37 == 0), .. _ends, .. Enumerable.Repeat(0f, Block.Size)];
        float* result = stackalloc float[Block.Size];
        for (int i = 0; i < x.Length - Block.Size; i += L.Count)
        {
            fixed (float* source = &x[i])
            {
                L.Store(function(L.Load(source)), result);
                for (int lane = 0; lane < L.Count; lane++)
                    Assert.Equal(BitConverter.SingleToInt32Bits(Value(scalar, source[lane])), BitConverter.SingleToInt32Bits(result[lane]));
            }
        }
    }

    private static void AssertError(Func<ScalarLane, ScalarLane> function, Func<double, double> exact, bool relative, double limit)
    {
        double worst = 0;
        foreach (float x in Arguments())
        {
            double expected = exact(x);
            if (double.IsNaN(expected))
                continue;
            double error = Math.Abs(Value(function, x) - expected) / (relative ? Math.Max(Math.Abs(expected), float.Epsilon) : 1);
            worst = Math.Max(worst, error);
        }
        Assert.InRange(worst, 1e-9, limit);
    }

    private static float Value(Func<ScalarLane, ScalarLane> function, float x)
    {
        float result;
        ScalarLane.Store(function(new ScalarLane(x)), &result);
        return result;
    }

    /// <summary>Floats of every magnitude and both signs, from 1e-30 to 100, in steps of a few thousand representable numbers.</summary>
    private static IEnumerable<float> Arguments()
    {
        int first = BitConverter.SingleToInt32Bits(1e-30f), last = BitConverter.SingleToInt32Bits(100f);
        for (int bits = first; bits < last; bits += 3001)
        {
            yield return BitConverter.Int32BitsToSingle(bits);
            yield return -BitConverter.Int32BitsToSingle(bits);
        }
    }
}
