namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The GRU whose reset gate is applied before the recurrent product. Its candidate has one bias.</summary>
internal sealed class GruResetBeforeFormat : GruOperatorFormat
{
    public override Type Definition => typeof(GruResetBeforeDefinition);

    protected override bool IsLinearBeforeReset => false;

    public override LayerDefinition CreateDefinition(int units) => new GruResetBeforeDefinition(units);

    protected override (float[] OfInput, float[] OfState) ReadCandidateBiases(WeightReader weights, string name, int units) =>
        (weights.Read(name + "bias_n"), new float[units]);

    protected override void WriteCandidateBiases(WeightWriter weights, string name, OperatorWeights from, int start) =>
        weights.Write(name + "bias_n", from.Bias[start..]);
}
