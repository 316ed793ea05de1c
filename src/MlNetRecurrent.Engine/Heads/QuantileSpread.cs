namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// Turns outputs into quantiles that never cross. The output of the quantile nearest to the median is its value. Each further quantile is
/// its neighbor on the side of the median, plus (above) or minus (below) softplus(output).
/// </summary>
internal static class QuantileSpread<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Computes the quantiles.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="values">Takes the value of each quantile.</param>
    /// <param name="quantiles">The quantiles, in rising order.</param>
    public static void Spread(ReadOnlySpan<T> outputs, Span<T> values, ReadOnlySpan<double> quantiles)
    {
        int center = FindCenter(quantiles);
        values[center] = outputs[center];
        for (int k = center + 1; k < values.Length; k++)
            values[k] = values[k - 1] + Softplus(outputs[k]);
        for (int k = center - 1; k >= 0; k--)
            values[k] = values[k + 1] - Softplus(outputs[k]);
    }

    /// <summary>From the gradients of the values, which it replaces, to those of the outputs.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="gradients">The gradient of each value; takes that of each output.</param>
    /// <param name="quantiles">The quantiles, in rising order.</param>
    public static void SpreadBackward(ReadOnlySpan<T> outputs, Span<T> gradients, ReadOnlySpan<double> quantiles)
    {
        // An output moves its own quantile and all that lie further from the median.
        int center = FindCenter(quantiles);
        T above = T.Zero, below = T.Zero;
        for (int k = gradients.Length - 1; k > center; k--)
        {
            above += gradients[k];
            gradients[k] = above * Sigmoid(outputs[k]);
        }
        for (int k = 0; k < center; k++)
        {
            below += gradients[k];
            gradients[k] = -below * Sigmoid(outputs[k]);
        }
        gradients[center] += above + below;
    }

    /// <summary>The place of the quantile nearest to the median, the first of two.</summary>
    private static int FindCenter(ReadOnlySpan<double> quantiles)
    {
        // 0.4 and 0.6 are equally far from the median, but not in binary digits.
        const double rounding = 1e-12;
        int center = 0;
        for (int k = 1; k < quantiles.Length; k++)
        {
            if (Math.Abs(quantiles[k] - 0.5) < Math.Abs(quantiles[center] - 0.5) - rounding)
                center = k;
        }
        return center;
    }

    private static T Softplus(T x) => T.Max(x, T.Zero) + T.LogP1(T.Exp(-T.Abs(x)));

    private static T Sigmoid(T x)
    {
        T small = T.Exp(-T.Abs(x));
        return (x > T.Zero ? T.One : small) / (T.One + small);
    }
}
