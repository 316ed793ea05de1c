namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The Elman cell with a rectifier.</summary>
internal sealed class ElmanRectifierFormat : ElmanOperatorFormat
{
    public const string Rectifier = "Relu";

    public override Type Definition => typeof(ElmanRectifierDefinition);

    protected override string Activation => Rectifier;

    public override bool Matches(NodeProto node) => base.Matches(node) && FirstActivation(node) == Rectifier;

    public override LayerDefinition CreateDefinition(int units) => new ElmanRectifierDefinition(units);
}
