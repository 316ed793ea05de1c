using System.Numerics;
using MlNetRecurrent.Engine.Matrices;

namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// p = softmax(y), loss = -weight · log p[label]: one of several classes. Smoothed by ε: loss = -weight · Σ q[k] · log p[k], where q is ε / K for each of the K classes, and 1 - ε more for that of the label.
/// </summary>
/// <param name="smoothing">ε.</param>
internal sealed class CategoricalHead<T>(double smoothing) : Head<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Backward(
        PanelMatrix<T> outputs, int count, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale, Span<double> losses, int first, int last)
    {
        int padded = Kernels.Block.PadToPanel(count);
        T every = T.CreateTruncating(smoothing / count), own = T.CreateTruncating(1 - smoothing + smoothing / count);
        for (int row = first; row < last; row++)
        {
            int label = (int)labels[row];
            T logSum = LogSumOfExponentials(outputs, row, count);
            losses[row] = weights[row] * double.CreateTruncating(logSum - Expected(outputs, row, count, label));
            T factor = T.CreateTruncating(weights[row] * scale);
            for (int k = 0; k < count; k++)
                outputs[row, k] = factor * (T.Exp(outputs[row, k] - logSum) - (k == label ? own : every));
            for (int k = count; k < padded; k++)
                outputs[row, k] = T.Zero;
        }
    }

    /// <summary>The probabilities of the classes, as <see cref="OpenProbability"/> gives them out.</summary>
    public override void Predict(PanelMatrix<T> outputs, int row, Span<float> prediction)
    {
        T logSum = LogSumOfExponentials(outputs, row, prediction.Length);
        for (int k = 0; k < prediction.Length; k++)
            prediction[k] = OpenProbability.Of(float.CreateTruncating(T.Exp(outputs[row, k] - logSum)));
    }

    /// <summary>Σ q[k] · y[k].</summary>
    private T Expected(PanelMatrix<T> outputs, int row, int count, int label)
    {
        if (smoothing == 0)
            return outputs[row, label];
        T sum = T.Zero;
        for (int k = 0; k < count; k++)
            sum += outputs[row, k];
        return T.CreateTruncating(1 - smoothing) * outputs[row, label] + T.CreateTruncating(smoothing / count) * sum;
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
