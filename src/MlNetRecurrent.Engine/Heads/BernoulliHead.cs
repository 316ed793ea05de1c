namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// Labels of one or several values, each 0 or 1, with an output for each: p = σ(y), loss = -weight · log p for the label 1, and -weight ·
/// log(1 - p) for the label 0. With label smoothing ε the targets are 1 - ε / 2 and ε / 2 instead of 1 and 0, and the loss has a part of
/// both. The loss of a row is the sum over its values.
/// </summary>
/// <param name="outputs">The number of values of a label.</param>
internal sealed class BernoulliHead<T>(int outputs) : RowHead<T>(outputs, labelSize: outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void ComputeLossOfRows(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        T doubt = T.CreateTruncating(Smoothing / 2);
        for (int row = first; row < last; row++)
        {
            double loss = 0;
            for (int k = 0; k < LabelSize; k++)
            {
                // With y = ±logit, both cases are log(1 + exp(-y)), whose slope is -σ(-y); the part ε / 2 of the other case adds ε / 2 · y.
                float label = labels[row * LabelSize + k], weight = weights[row * LabelSize + k];
                T sign = label > 0.5f ? T.One : -T.One;
                T y = sign * outputs[row, k], small = T.Exp(-T.Abs(y));
                loss += weight * double.CreateTruncating(T.Max(-y, T.Zero) + T.LogP1(small) + doubt * y);
                T other = (y > T.Zero ? small : T.One) / (T.One + small);
                outputs[row, k] = T.CreateTruncating(weight * scale) * -sign * (other - doubt);
            }
            losses[row] = loss;
            ClearPadding(outputs, row);
        }
    }

    /// <summary>The logits.</summary>
    public override void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction) => CopyOutputs(outputs, row, prediction);
}
