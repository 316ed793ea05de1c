using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Onnx.Layers;

namespace MlNetRecurrent.Onnx.Networks;

/// <summary>A trained network as a graph: from the features or tokens of a batch of sequences to the outputs of the linear layer.</summary>
internal sealed class NetworkGraph
{
    private readonly GraphBuilder _graph;
    private readonly TrainedNetwork _network;
    private readonly WeightReader _weights;

    private NetworkGraph(GraphBuilder graph, TrainedNetwork network)
    {
        _graph = graph;
        _network = network;
        _weights = new(network);
    }

    private NetworkDefinition Definition => _network.Definition;

    /// <summary>Adds a network and the optional input of the lengths.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The values of the fields of the network, as <see cref="InputNodes"/> describes them.</param>
    /// <param name="lengthsName">The name of the lengths, Int32 [batch]. By default all sequences have all steps.</param>
    /// <returns>The outputs of the linear layer, [batch, outputs] or [batch, time, outputs], the lengths, and the weights.</returns>
    /// <exception cref="NotSupportedException">The network has a decoder.</exception>
    public static (string Outputs, string Lengths, WeightReader Weights) Add(
        GraphBuilder graph, TrainedNetwork network, IReadOnlyList<string> inputs, string lengthsName) =>
        network.Definition.Decoder is null
            ? new NetworkGraph(graph, network).Add(inputs, lengthsName)
            : throw new NotSupportedException("Decoders of values that are known in advance cannot be expressed in ONNX by this library.");

    private (string Outputs, string Lengths, WeightReader Weights) Add(IReadOnlyList<string> inputs, string lengthsName)
    {
        string x = _graph.Transpose(InputNodes.Add(_graph, _network, _weights, inputs), 1, 0, 2);
        string time = Shapes.AddDimension(_graph, x, 0);
        string lengths = LengthNodes.Add(_graph, lengthsName, x, time);
        // One step of zeros after the last, because an empty sequence is computed as one step of zeros.
        x = _graph.Add("Pad", [x, _graph.AddIntegers(0, 0, 0, 1, 0, 0)]);
        string isEmpty = _graph.Unsqueeze(_graph.Add("Less", [lengths, _graph.AddInt32s("one", 1)]), 1);
        string masked = _graph.Add("Where", [Masks.Add(_graph, x, lengths), x, _graph.AddConstant(0)]);
        var value = new SequenceValue(masked, Definition.Features, LengthNodes.AddAtLeastOne(_graph, lengths));
        foreach ((int i, LayerDefinition layer) in Definition.Layers.Index())
        {
            if (layer.TimeReduction > 1)
                (value, lengths) = TimeReductionNodes.Add(_graph, value, lengths, layer.TimeReduction);
            value = LayerFormats.Find(layer.GetType()).Export(_graph, layer, WeightNames.FormatLayer(i), _weights, value);
        }
        string outputs = Definition.EveryStep
            ? AddStepOutputs(value, time)
            : AddHead(PoolingNodes.Add(_graph, Definition.Pooling, value, lengths, isEmpty));
        return (outputs, lengths, _weights);
    }

    /// <summary>Adds the outputs of each step, without the step that was added after the last.</summary>
    private string AddStepOutputs(SequenceValue value, string time)
    {
        string steps = _graph.Add("Slice", [value.Steps, _graph.AddIntegers(0), time, _graph.AddIntegers(0)]);
        return _graph.Transpose(AddHead(steps), 1, 0, 2);
    }

    private string AddHead(string x)
    {
        string product = LinearNodes.Multiply(_graph, _weights, x, WeightNames.Head);
        return LinearNodes.AddBias(_graph, _weights, product, WeightNames.HeadBias);
    }
}
