namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// p = σ(y), loss = -weight · log p for the label 1, and -weight · log(1 - p) for the label 0. With label smoothing ε the targets are 1 - ε
/// / 2 and ε / 2 instead of 1 and 0, and the loss has a part of both.
/// </summary>
internal sealed class BernoulliHead<T>() : RowHead<T>(1)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void ComputeLossOfRows(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        T doubt = T.CreateTruncating(Smoothing / 2);
        for (int row = first; row < last; row++)
        {
            // With y = ±logit, both cases are log(1 + exp(-y)), whose slope is -σ(-y); the part ε / 2 of the other case adds ε / 2 · y.
            T sign = labels[row] > 0.5f ? T.One : -T.One;
            T y = sign * outputs[row, 0], small = T.Exp(-T.Abs(y));
            losses[row] = weights[row] * double.CreateTruncating(T.Max(-y, T.Zero) + T.LogP1(small) + doubt * y);
            T other = (y > T.Zero ? small : T.One) / (T.One + small);
            SetOnly(outputs, row, T.CreateTruncating(weights[row] * scale) * -sign * (other - doubt));
        }
    }

    /// <summary>The logit.</summary>
    public override void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction) =>
        prediction[0] = float.CreateTruncating(outputs[row, 0]);
}
