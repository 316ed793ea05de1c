namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The parts that Elman cells share.</summary>
internal abstract class ElmanOperatorFormat : OperatorFormat
{
    public sealed override string Operation => "RNN";

    public sealed override int Gates => 1;

    public sealed override IReadOnlyList<string> Activations => [Activation];

    protected abstract string Activation { get; }

    public sealed override OperatorWeights ExportWeights(WeightReader weights, string name, int units) => new(
        weights.Read(name + "weight_ih"), weights.Read(name + "weight_hh"), weights.Read(name + "bias"), new float[units]);

    public sealed override void ImportWeights(WeightWriter weights, string name, int units, OperatorWeights from)
    {
        weights.Write(name + "weight_ih", from.W);
        weights.Write(name + "weight_hh", from.R);
        weights.Write(name + "bias", from.Bias);
    }

    protected sealed override AttributeProto[] ListAttributes(int directions) =>
        [GraphBuilder.CreateTexts("activations", Enumerable.Repeat(Activation, directions))];

    /// <summary>The activation of the first direction of a node; null if the node does not name it.</summary>
    protected static string? FirstActivation(NodeProto node) => node.ReadTexts("activations").FirstOrDefault();
}
