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
    /// <param name="input">The name of the input: numbers [batch, time, features] or keys [batch, time].</param>
    /// <param name="lengthsName">The name of the lengths, Int32 [batch]. By default all sequences have all steps.</param>
    /// <returns>The outputs of the linear layer, [batch, outputs] or [batch, time, outputs], the lengths, and the weights.</returns>
    public static (string Outputs, string Lengths, WeightReader Weights) Add(
        GraphBuilder graph, TrainedNetwork network, string input, string lengthsName) =>
        new NetworkGraph(graph, network).Add(input, lengthsName);

    private (string Outputs, string Lengths, WeightReader Weights) Add(string input, string lengthsName)
    {
        string x = _graph.Transpose(Definition.Tokens > 0 ? Embed(input) : Normalize(input), 1, 0, 2);
        string time = Shapes.AddDimension(_graph, x, 0);
        string lengths = LengthNodes.Add(_graph, lengthsName, x, time);
        // One step of zeros after the last, because an empty sequence is computed as one step of zeros.
        x = _graph.Add("Pad", [x, _graph.Integers(0, 0, 0, 1, 0, 0)]);
        string isEmpty = _graph.Unsqueeze(_graph.Add("Less", [lengths, _graph.Int32s("one", 1)]), 1);
        string masked = _graph.Add("Where", [Masks.Add(_graph, x, lengths), x, _graph.Constant(0)]);
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

    private string Embed(string keys)
    {
        string table = _graph.NamedWeights(
            WeightNames.Embedding, _weights.Read(WeightNames.Embedding), Definition.Tokens, Definition.Features);
        return _graph.Add("Gather", [table, _graph.Cast(keys, OnnxType.Int64)], GraphBuilder.Integer("axis", 0));
    }

    private string Normalize(string x)
    {
        (float[] mean, float[] scale, float largest) =
            (_network.Normalization.Mean, _network.Normalization.Scale, _network.Normalization.Largest);
        if (Array.TrueForAll(mean, value => value == 0) && Array.TrueForAll(scale, value => value == 1))
            return x;
        string centered = _graph.Add("Sub", [x, _graph.Weights("mean", mean, mean.Length)]);
        string scaled = _graph.Add("Mul", [centered, _graph.Weights("scale", scale, scale.Length)]);
        return _graph.Add("Clip", [scaled, _graph.Constant(-largest), _graph.Constant(largest)]);
    }

    /// <summary>Adds the outputs of each step, without the step that was added after the last.</summary>
    private string AddStepOutputs(SequenceValue value, string time)
    {
        string steps = _graph.Add("Slice", [value.Steps, _graph.Integers(0), time, _graph.Integers(0)]);
        return _graph.Transpose(AddHead(steps), 1, 0, 2);
    }

    private string AddHead(string x)
    {
        string product = LinearNodes.Multiply(_graph, _weights, x, WeightNames.Head);
        return LinearNodes.AddBias(_graph, _weights, product, WeightNames.HeadBias);
    }
}
