using System.Numerics;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Forward, loss and backward on the calling thread.</summary>
internal static class Passes
{
    /// <summary>Computes the gradients of the mean loss, unless only the loss is wanted, and returns the sum of the losses.</summary>
    public static double Run<L, T>(Network<L, T> network, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, bool lossOnly = false)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = network.Shape.Count;
        int rows = network.OutputShape.Rows;
        var losses = new double[rows];
        network.CollectWords();
        network.EncodeWords(WorkSlice.Whole);
        network.Forward(0, count);
        network.ComputeLoss(labels, weights, 1.0 / rows, losses, 0, count);
        if (lossOnly)
            return losses.Sum();
        network.Gradients.Span.Clear();
        network.RefreshTransposed(WorkSlice.Whole);
        network.Backward(0, count);
        network.BackwardWords(WorkSlice.Whole);
        network.AccumulateGradients(WorkSlice.Whole);
        network.AccumulateEmbeddingGradients(WorkSlice.Whole);
        return losses.Sum();
    }
}
