using System.Numerics;
using MlNetRecurrent.Engine.Layers;

namespace MlNetRecurrent.Engine.Losses;

/// <summary>p = softmax(y), loss = -weight · log p[label]: one of several classes.</summary>
internal sealed class SoftmaxCrossEntropy<T> : Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Backward(
        PanelMatrix<T> outputs, int count, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale, Span<double> losses, int first, int last)
    {
        int padded = Kernels.Block.PadToPanel(count);
        for (int row = first; row < last; row++)
        {
            int label = (int)labels[row];
            T logSum = LogSumOfExponentials(outputs, row, count);
            losses[row] = weights[row] * double.CreateTruncating(logSum - outputs[row, label]);
            T factor = T.CreateTruncating(weights[row] * scale);
            for (int k = 0; k < count; k++)
                outputs[row, k] = factor * (T.Exp(outputs[row, k] - logSum) - (k == label ? T.One : T.Zero));
            for (int k = count; k < padded; k++)
                outputs[row, k] = T.Zero;
        }
    }

    /// <summary>The probabilities of the classes.</summary>
    public override void Predict(PanelMatrix<T> outputs, int row, Span<float> prediction)
    {
        T logSum = LogSumOfExponentials(outputs, row, prediction.Length);
        for (int k = 0; k < prediction.Length; k++)
            prediction[k] = float.CreateTruncating(T.Exp(outputs[row, k] - logSum));
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
