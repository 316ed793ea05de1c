namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The LSTM. ONNX orders its gates i, o, f, c; the engine i, f, g, o.</summary>
internal sealed class LstmFormat : OperatorFormat
{
    private static readonly int[] _order = [0, 3, 1, 2];

    public override Type Definition => typeof(LstmDefinition);

    public override string Operation => "LSTM";

    public override int Gates => 4;

    public override IReadOnlyList<string> Activations { get; } = ["Sigmoid", "Tanh", "Tanh"];

    public override LayerDefinition CreateDefinition(int units) => new LstmDefinition(units);

    public override OperatorWeights ExportWeights(WeightReader weights, string name, int units) => new(
        weights.ReadGates(name + "weight_ih", units, _order),
        weights.ReadGates(name + "weight_hh", units, _order),
        weights.ReadGates(name + "bias", units, _order),
        new float[Gates * units]);

    public override void ImportWeights(WeightWriter weights, string name, int units, OperatorWeights from)
    {
        weights.WriteGates(name + "weight_ih", units, from.W, _order);
        weights.WriteGates(name + "weight_hh", units, from.R, _order);
        weights.WriteGates(name + "bias", units, from.Bias, _order);
    }
}
