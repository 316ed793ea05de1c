using System.Numerics;
using MlNetRecurrent.Engine.Layers;

namespace MlNetRecurrent.Engine.Losses;

/// <summary>p = softmax(y), loss = -weight · log p[label]: one of several classes.</summary>
internal static class SoftmaxCrossEntropy<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts the gradient of scale · Σ losses in the place of the logits, for a range of rows.</summary>
    /// <param name="logits">[rows, classes] in panels; columns beyond the classes become zero.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="labels">The class of each row, from 0.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="scale">Factor of the gradient, usually one over the rows.</param>
    /// <param name="losses">Takes the loss of each row.</param>
    /// <param name="first">The first row.</param>
    /// <param name="last">The row after the last.</param>
    public static void Backward(
        PanelMatrix<T> logits, int classes, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale, Span<double> losses, int first, int last)
    {
        int padded = Kernels.Block.PadToPanel(classes);
        for (int row = first; row < last; row++)
        {
            int label = (int)labels[row];
            T logSum = LogSumOfExponentials(logits, row, classes);
            losses[row] = weights[row] * double.CreateTruncating(logSum - logits[row, label]);
            T factor = T.CreateTruncating(weights[row] * scale);
            for (int k = 0; k < classes; k++)
                logits[row, k] = factor * (T.Exp(logits[row, k] - logSum) - (k == label ? T.One : T.Zero));
            for (int k = classes; k < padded; k++)
                logits[row, k] = T.Zero;
        }
    }

    /// <summary>The probabilities of one row.</summary>
    public static void Probabilities(PanelMatrix<T> logits, int row, Span<float> probabilities)
    {
        T logSum = LogSumOfExponentials(logits, row, probabilities.Length);
        for (int k = 0; k < probabilities.Length; k++)
            probabilities[k] = float.CreateTruncating(T.Exp(logits[row, k] - logSum));
    }

    private static T LogSumOfExponentials(PanelMatrix<T> logits, int row, int classes)
    {
        T largest = logits[row, 0];
        for (int k = 1; k < classes; k++)
            largest = T.Max(largest, logits[row, k]);
        T sum = T.Zero;
        for (int k = 0; k < classes; k++)
            sum += T.Exp(logits[row, k] - largest);
        return largest + T.Log(sum);
    }
}
