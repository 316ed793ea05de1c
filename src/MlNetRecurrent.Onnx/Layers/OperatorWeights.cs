namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The weights of one direction of a recurrent operator, gate by gate, in the order of ONNX and with ONNX's names.</summary>
/// <param name="W">The weights of the input [gates · units, inputs].</param>
/// <param name="R">The weights of the state [gates · units, units].</param>
/// <param name="Wb">The bias of the input product [gates · units].</param>
/// <param name="Rb">The bias of the state product [gates · units].</param>
internal sealed record OperatorWeights(float[] W, float[] R, float[] Wb, float[] Rb)
{
    /// <summary>The sum of both biases.</summary>
    public float[] Bias => [.. Wb.Zip(Rb, (w, r) => w + r)];
}
