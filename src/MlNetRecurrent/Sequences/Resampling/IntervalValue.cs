namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>The value of a column in an interval that is not over. Each number of a vector is on its own.</summary>
/// <param name="function">What is computed.</param>
/// <param name="slots">The numbers of a row.</param>
internal sealed class IntervalValue(ResampleFunction function, int slots)
{
    private readonly double[] _value = new double[slots];
    private readonly long[] _known = new long[slots];

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!float.IsNaN(numbers[i]))
                _value[i] = _known[i]++ == 0 ? numbers[i] : Join(_value[i], numbers[i]);
        }
    }

    /// <summary>Ends the interval and begins the next one.</summary>
    public float[] Finish()
    {
        float[] result = new float[slots];
        for (int i = 0; i < slots; i++)
            result[i] = Describe(_value[i], _known[i]);
        Array.Clear(_known);
        return result;
    }

    private double Join(double value, float number) => function switch
    {
        ResampleFunction.Sum or ResampleFunction.Mean => value + number,
        ResampleFunction.Last => number,
        ResampleFunction.Min => Math.Min(value, number),
        ResampleFunction.Max => Math.Max(value, number),
        _ => value,
    };

    private float Describe(double value, long known) => function switch
    {
        ResampleFunction.Count => known,
        _ when known == 0 => function == ResampleFunction.Sum ? 0 : float.NaN,
        ResampleFunction.Mean => (float)(value / known),
        _ => (float)value,
    };
}
