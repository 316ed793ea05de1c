namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// Labels of one or several values, with an output for each quantile of each value: those of the first value, then those of the second,
/// and so on. <see cref="QuantileSpread{T}"/> turns them into quantiles. The loss of a value with Q quantiles is
/// weight · 2 / Q · Σ max(q · e, (q - 1) · e), where e = label - value of the quantile q. The loss of a row is the sum over its values.
/// </summary>
/// <param name="outputs">The number of outputs, a multiple of the number of quantiles.</param>
/// <param name="quantiles">The quantiles, in rising order.</param>
internal sealed class QuantileHead<T>(int outputs, double[] quantiles) : RowHead<T>(outputs, labelSize: outputs / quantiles.Length)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void ComputeLossOfRows(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        int count = quantiles.Length;
        Span<T> own = stackalloc T[count], values = stackalloc T[count];
        for (int row = first; row < last; row++)
        {
            losses[row] = 0;
            for (int i = 0; i < LabelSize; i++)
            {
                double weight = 2.0 / count * weights[row * LabelSize + i];
                for (int k = 0; k < count; k++)
                    own[k] = outputs[row, i * count + k];
                QuantileSpread<T>.Spread(own, values, quantiles);
                losses[row] += weight * ComputePinballLoss(values, T.CreateTruncating(labels[row * LabelSize + i]), weight * scale);
                QuantileSpread<T>.SpreadBackward(own, values, quantiles);
                for (int k = 0; k < count; k++)
                    outputs[row, i * count + k] = values[k];
            }
            ClearPadding(outputs, row);
        }
    }

    /// <summary>The quantiles of each value [LabelSize, quantiles].</summary>
    public override void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction)
    {
        int count = quantiles.Length;
        Span<T> own = stackalloc T[count], values = stackalloc T[count];
        for (int start = 0; start < prediction.Length; start += count)
        {
            for (int k = 0; k < count; k++)
                own[k] = outputs[row, start + k];
            QuantileSpread<T>.Spread(own, values, quantiles);
            for (int k = 0; k < count; k++)
                prediction[start + k] = float.CreateTruncating(values[k]);
        }
    }

    /// <summary>The pinball loss of a label, summed over its quantiles; puts its gradient in the place of their values.</summary>
    private double ComputePinballLoss(Span<T> values, T label, double scale)
    {
        double loss = 0;
        for (int k = 0; k < values.Length; k++)
        {
            double error = double.CreateTruncating(label - values[k]);
            // At an error of 0, where the slope jumps, the value is where it should be.
            double slope = error > 0 ? quantiles[k] : error < 0 ? quantiles[k] - 1 : 0;
            loss += slope * error;
            values[k] = T.CreateTruncating(-slope * scale);
        }
        return loss;
    }
}
