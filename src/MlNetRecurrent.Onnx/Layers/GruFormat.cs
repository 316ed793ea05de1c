namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The GRU whose reset gate is applied after the recurrent product. Its candidate has two biases.</summary>
internal sealed class GruFormat : GruOperatorFormat
{
    public override Type Definition => typeof(GruDefinition);

    protected override bool IsLinearBeforeReset => true;

    public override LayerDefinition CreateDefinition(int units) => new GruDefinition(units);

    protected override (float[] OfInput, float[] OfState) ReadCandidateBiases(WeightReader weights, string name, int units) =>
        (weights.Read(name + "bias_ih_n"), weights.Read(name + "bias_hh_n"));

    protected override void WriteCandidateBiases(WeightWriter weights, string name, OperatorWeights from, int start)
    {
        weights.Write(name + "bias_ih_n", from.Wb[start..]);
        weights.Write(name + "bias_hh_n", from.Rb[start..]);
    }
}
