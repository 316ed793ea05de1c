using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Losses;
using MlNetRecurrent.Engine.Optimizers;

namespace MlNetRecurrent.Engine.Training;

/// <summary>What is done with each batch: forward, loss, backward, clip, a step of the optimiser. It allocates nothing.</summary>
/// <param name="network">A network that is bound to its parameters for training.</param>
/// <param name="learningRate">The step of the optimiser.</param>
/// <param name="clipNorm">The largest norm of the gradient; 0 for no limit.</param>
internal sealed unsafe class TrainingStep<L>(Network<L, float> network, double learningRate, double clipNorm)
    where L : unmanaged, IFloatLanes<L>
{
    private readonly Adam<L, float> _optimizer = new(network.ParameterCount);

    /// <summary>Learns from the batch that the network holds. Weights do not change where the gradient is not finite.</summary>
    /// <param name="labels">The labels, in the order of the batch.</param>
    /// <param name="weights">The weights, in the order of the batch.</param>
    /// <param name="scale">Factor of the gradient, usually one over the sequences.</param>
    /// <returns>The sum of the losses, and the norm of the gradient before clipping.</returns>
    public (double Loss, double Norm) Run(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale)
    {
        network.Forward();
        double loss = SoftmaxCrossEntropy<float>.Backward(network.Outputs, network.Definition.Outputs, labels, weights, scale);
        network.Backward();
        double norm = Math.Sqrt(FlatVector<L, float>.SumOfSquares(network.Gradients.Pointer, network.Gradients.Length));
        double clip = clipNorm > 0 && norm > clipNorm ? clipNorm / norm : 1;
        if (double.IsFinite(norm))
            _optimizer.Step(network.Parameters.Values.Pointer, network.Gradients.Pointer, clip, learningRate);
        return (loss, norm);
    }
}
