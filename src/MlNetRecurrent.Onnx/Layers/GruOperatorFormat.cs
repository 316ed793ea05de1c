namespace MlNetRecurrent.Onnx.Layers;

/// <summary>
/// The parts that both forms of the GRU share. ONNX orders the gates z, r, h. The engine orders them r, z, n and keeps n apart.
/// </summary>
internal abstract class GruOperatorFormat : OperatorFormat
{
    private const string ResetAttribute = "linear_before_reset";

    private static readonly int[] _order = [1, 0];

    public sealed override string Operation => "GRU";

    public sealed override int Gates => 3;

    public sealed override IReadOnlyList<string> Activations { get; } = ["Sigmoid", "Tanh"];

    /// <summary>Whether the reset gate is applied after the recurrent product.</summary>
    protected abstract bool IsLinearBeforeReset { get; }

    public sealed override bool Matches(NodeProto node) =>
        base.Matches(node) && node.ReadInteger(ResetAttribute, 0) != 0 == IsLinearBeforeReset;

    public sealed override OperatorWeights ExportWeights(WeightReader weights, string name, int units)
    {
        float[] resetAndUpdate = weights.ReadGates(name + "bias_rz", units, _order);
        (float[] ofInput, float[] ofState) = ReadCandidateBiases(weights, name, units);
        return new(
            ReadMatrix(weights, name + "weight_ih", units),
            ReadMatrix(weights, name + "weight_hh", units),
            [.. resetAndUpdate, .. ofInput],
            [.. new float[2 * units], .. ofState]);
    }

    public sealed override void ImportWeights(WeightWriter weights, string name, int units, OperatorWeights from)
    {
        WriteMatrix(weights, name + "weight_ih", units, from.W);
        WriteMatrix(weights, name + "weight_hh", units, from.R);
        weights.WriteGates(name + "bias_rz", units, from.Bias[..(2 * units)], _order);
        WriteCandidateBiases(weights, name, from, start: 2 * units);
    }

    protected sealed override AttributeProto[] ListAttributes(int directions) =>
        [GraphBuilder.CreateInteger(ResetAttribute, IsLinearBeforeReset ? 1 : 0)];

    /// <summary>Reads the biases of the candidate n, in the input product and in the state product.</summary>
    protected abstract (float[] OfInput, float[] OfState) ReadCandidateBiases(WeightReader weights, string name, int units);

    /// <summary>Writes the biases of the candidate n.</summary>
    /// <param name="weights">The weights of the network, which are written.</param>
    /// <param name="name">The beginning of their names.</param>
    /// <param name="from">The weights of the operator.</param>
    /// <param name="start">The index of the first bias of the candidate.</param>
    protected abstract void WriteCandidateBiases(WeightWriter weights, string name, OperatorWeights from, int start);

    private static float[] ReadMatrix(WeightReader weights, string name, int units) =>
        [.. weights.ReadGates(name + "_rz", units, _order), .. weights.Read(name + "_n")];

    private void WriteMatrix(WeightWriter weights, string name, int units, float[] values)
    {
        int candidate = values.Length / Gates * _order.Length;
        weights.WriteGates(name + "_rz", units, values[..candidate], _order);
        weights.Write(name + "_n", values[candidate..]);
    }
}
