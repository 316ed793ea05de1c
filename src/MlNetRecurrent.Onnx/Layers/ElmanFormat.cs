namespace MlNetRecurrent.Onnx.Layers;

/// <summary>The Elman cell with tanh, the default activation of ONNX's RNN.</summary>
internal sealed class ElmanFormat : ElmanOperatorFormat
{
    public override Type Definition => typeof(ElmanDefinition);

    protected override string Activation => "Tanh";

    // A node with an unknown activation matches too: the error then names the activation instead of the operator.
    public override bool Matches(NodeProto node) => base.Matches(node) && FirstActivation(node) != ElmanRectifierFormat.Rectifier;

    public override LayerDefinition CreateDefinition(int units) => new ElmanDefinition(units);
}
