namespace MlNetRecurrent.Engine.Batches;

/// <summary>The limits of numbers that are stored as <see cref="float"/>.</summary>
internal static class SinglePrecision
{
    /// <summary>
    /// Two to four units in the last place, relative to the number: more than the standard deviation of a noise of the last bit.
    /// </summary>
    private const double Rounding = 1.0 / (1 << 22);

    /// <summary>
    /// Whether numbers around a center are equal, but for the rounding to <see cref="float"/>, or differ by less than a <see cref="float"/>
    /// can be the inverse of.
    /// </summary>
    /// <param name="center">Their mean, or another number in their midst.</param>
    /// <param name="deviation">Their standard deviation, or half of their range. At least 0.</param>
    public static bool IsConstant(double center, double deviation) =>
        deviation <= Rounding * Math.Abs(center) || 1 / deviation > float.MaxValue;
}
