using System.Numerics;
using MlNetRecurrent.Engine.Matrices;

namespace MlNetRecurrent.Engine.Heads;

/// <summary>The meaning of the outputs: the loss of each row and its gradient, and the predictions of a trained network.</summary>
internal abstract class Head<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Puts the gradient of scale · Σ losses in the place of the outputs, for a range of rows.</summary>
    /// <param name="outputs">[rows, count] in panels; columns beyond count become zero.</param>
    /// <param name="count">Number of outputs.</param>
    /// <param name="labels">The label of each row: a class, from 0, or a value.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="scale">Factor of the gradient, usually one over the rows.</param>
    /// <param name="losses">Takes the loss of each row.</param>
    /// <param name="first">The first row.</param>
    /// <param name="last">The row after the last.</param>
    public abstract void Backward(
        PanelMatrix<T> outputs, int count, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale, Span<double> losses, int first, int last);

    /// <summary>What the outputs of one row say: probabilities, a logit, or a value.</summary>
    public abstract void Predict(PanelMatrix<T> outputs, int row, Span<float> prediction);

    /// <summary>Writes the only gradient of a row.</summary>
    protected static void SetOnly(PanelMatrix<T> outputs, int row, T gradient)
    {
        for (int k = 1; k < Kernels.Block.Panel; k++)
            outputs[row, k] = T.Zero;
        outputs[row, 0] = gradient;
    }
}
