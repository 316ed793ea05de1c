namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// One of several classes: p = softmax(y), loss = -weight · log p[label]. Smoothed by ε: loss = -weight · Σ q[k] · log p[k], where q is
/// ε / K for each of the K classes, and 1 - ε more for that of the label.
/// </summary>
/// <param name="outputs">The number of classes.</param>
internal sealed class CategoricalHead<T>(int outputs) : RowHead<T>(outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void ComputeLossOfRows(
        PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale,
        Span<double> losses, int first, int last)
    {
        int count = PredictionSize;
        T every = T.CreateTruncating(Smoothing / count), own = T.CreateTruncating(1 - Smoothing + Smoothing / count);
        for (int row = first; row < last; row++)
        {
            int label = (int)labels[row];
            T logSum = LogSumOfExponentials(outputs, row, count);
            losses[row] = weights[row] * double.CreateTruncating(logSum - Expected(outputs, row, count, label));
            T factor = T.CreateTruncating(weights[row] * scale);
            for (int k = 0; k < count; k++)
                outputs[row, k] = factor * (T.Exp(outputs[row, k] - logSum) - (k == label ? own : every));
            ClearPadding(outputs, row);
        }
    }

    /// <summary>The probabilities of the classes, kept off 0 and 1 by <see cref="OpenProbability"/>.</summary>
    public override void PredictRow(PanelMatrix<T> outputs, int row, Span<float> prediction)
    {
        T logSum = LogSumOfExponentials(outputs, row, prediction.Length);
        for (int k = 0; k < prediction.Length; k++)
            prediction[k] = OpenProbability.Of(float.CreateTruncating(T.Exp(outputs[row, k] - logSum)));
    }

    /// <summary>Σ q[k] · y[k].</summary>
    private T Expected(PanelMatrix<T> outputs, int row, int count, int label)
    {
        if (Smoothing == 0)
            return outputs[row, label];
        T sum = T.Zero;
        for (int k = 0; k < count; k++)
            sum += outputs[row, k];
        return T.CreateTruncating(1 - Smoothing) * outputs[row, label] + T.CreateTruncating(Smoothing / count) * sum;
    }

    private static T LogSumOfExponentials(PanelMatrix<T> outputs, int row, int count)
    {
        T largest = outputs[row, 0];
        for (int k = 1; k < count; k++)
            largest = T.Max(largest, outputs[row, k]);
        T sum = T.Zero;
        for (int k = 0; k < count; k++)
            sum += T.Exp(outputs[row, k] - largest);
        return largest + T.Log(sum);
    }
}
