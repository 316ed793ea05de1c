using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>A trained network as a graph: from the features or tokens of a batch of sequences to the outputs of its head.</summary>
internal sealed class NetworkGraph
{
    /// <summary>Stands for the end of the sequences where no lengths are given.</summary>
    private const int AllSteps = -1;

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

    /// <summary>Adds the network and the optional lengths.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="network">The network.</param>
    /// <param name="input">What it reads: numbers [batch, time, features], or keys [batch, time].</param>
    /// <param name="lengthsName">The name of the lengths, Int32 [batch]; without them all sequences are as long as the batch.</param>
    /// <returns>The outputs of the head: [batch, outputs], or [batch, time, outputs].</returns>
    public static string Add(GraphBuilder graph, TrainedNetwork network, string input, string lengthsName) => new NetworkGraph(graph, network).Add(input, lengthsName);

    private string Add(string input, string lengthsName)
    {
        string x = Definition.Tokens > 0 ? Embedded(input) : Normalized(input);
        x = _graph.Add("Transpose", [x], GraphBuilder.Integers("perm", 1, 0, 2));
        string time = Shapes.Dimension(_graph, x, 0);
        string lengths = Lengths(lengthsName, x, time);
        // A step of zeros behind the last, so that an empty sequence has one too.
        x = _graph.Add("Pad", [x, _graph.Integers(0, 0, 0, 1, 0, 0)]);
        string isEmpty = _graph.Add("Unsqueeze", [_graph.Add("Less", [lengths, _graph.Int32s(_graph.NextName("one"), 1)]), _graph.Integers(1)]);
        var value = new SequenceValue(Masked(x, lengths), Definition.Features, AtLeastOne(lengths));
        for (int i = 0; i < Definition.Layers.Count; i++)
        {
            LayerDefinition layer = Definition.Layers[i];
            if (layer.TimeReduction > 1)
                (value, lengths) = Joined(value, lengths, layer.TimeReduction);
            value = layer is StackLayerDefinition stacks
                ? StackNodes.Add(_graph, stacks, $"layers.{i}", _weights, value)
                : RecurrentNodes.Add(_graph, layer, $"layers.{i}", _weights, value);
        }
        return Definition.EveryStep ? OfSteps(value, time) : Head(Pooled(value, lengths, isEmpty));
    }

    private string Embedded(string keys)
    {
        string table = _graph.Named("embedding.weight", _weights.Of("embedding.weight"), Definition.Tokens, Definition.Features);
        return _graph.Add("Gather", [table, _graph.Add("Cast", [keys], GraphBuilder.Integer("to", (int)OnnxType.Int64))], GraphBuilder.Integer("axis", 0));
    }

    private string Normalized(string x)
    {
        FeatureNormalization normalization = _network.Normalization;
        if (Array.TrueForAll(normalization.Mean, mean => mean == 0) && Array.TrueForAll(normalization.Scale, scale => scale == 1))
            return x;
        string centered = _graph.Add("Sub", [x, _graph.Weights("mean", normalization.Mean, normalization.Mean.Length)]);
        string scaled = _graph.Add("Mul", [centered, _graph.Weights("scale", normalization.Scale, normalization.Scale.Length)]);
        return _graph.Add("Clip", [scaled, _graph.Constant(-normalization.Largest), _graph.Constant(normalization.Largest)]);
    }

    /// <summary>The lengths, Int32 [batch].</summary>
    private string Lengths(string name, string x, string time)
    {
        string given = _graph.OptionalInput(name, AllSteps);
        string all = _graph.Add("Cast", [time], GraphBuilder.Integer("to", (int)OnnxType.Int32));
        string chosen = _graph.Add("Where", [_graph.Add("Less", [given, _graph.Int32s(_graph.NextName("zero"), 0)]), all, given]);
        return _graph.Add("Expand", [_graph.Add("Min", [chosen, all]), Shapes.Dimension(_graph, x, 1)]);
    }

    private string AtLeastOne(string lengths) => _graph.Add("Max", [lengths, _graph.Int32s(_graph.NextName("one"), 1)]);

    /// <summary>What is beyond the end of a sequence becomes zero.</summary>
    private string Masked(string x, string lengths) => _graph.Add("Where", [Masks.Of(_graph, x, lengths, time: 0), x, _graph.Constant(0)]);

    /// <summary>Each few steps as one: [time / factor, batch, factor · features].</summary>
    private (SequenceValue Value, string Lengths) Joined(SequenceValue x, string lengths, int factor)
    {
        string time = Shapes.Dimension(_graph, x.Steps, 0), batch = Shapes.Dimension(_graph, x.Steps, 1);
        string missing = _graph.Add("Mod", [_graph.Add("Sub", [_graph.Integers(factor), _graph.Add("Mod", [time, _graph.Integers(factor)])]), _graph.Integers(factor)]);
        string padded = _graph.Add("Pad", [x.Steps, Shapes.Of(_graph, _graph.Integers(0, 0, 0), missing, _graph.Integers(0, 0))]);
        string apart = _graph.Add("Reshape", [padded, Shapes.Of(_graph, _graph.Integers(-1, factor), batch, _graph.Integers(x.Features))]);
        string beside = _graph.Add("Transpose", [apart], GraphBuilder.Integers("perm", 0, 2, 1, 3));
        string joined = _graph.Add("Reshape", [beside, _graph.Integers(0, 0, checked(factor * x.Features))]);
        string rest = _graph.Int32s(_graph.NextName("rest"), factor - 1), divisor = _graph.Int32s(_graph.NextName("factor"), factor);
        string fewer = _graph.Add("Div", [_graph.Add("Add", [lengths, rest]), divisor]);
        return (new(joined, factor * x.Features, AtLeastOne(fewer)), fewer);
    }

    private string Pooled(SequenceValue value, string lengths, string isEmpty)
    {
        string[] parts = Array.ConvertAll(Definition.Pooling.Parts(), pooling => pooling switch
        {
            Pooling.Last => value.Last,
            Pooling.Mean => Mean(value, lengths),
            Pooling.Max => Max(value),
            _ => throw new ArgumentOutOfRangeException(nameof(value), pooling, "There is no such pooling."),
        });
        string pooled = parts.Length == 1 ? parts[0] : _graph.Add("Concat", parts, GraphBuilder.Integer("axis", 1));
        return _graph.Add("Where", [isEmpty, _graph.Constant(0), pooled]);
    }

    private string Mean(SequenceValue value, string lengths)
    {
        string sum = _graph.Add("ReduceSum", [value.Steps, _graph.Integers(0)], GraphBuilder.Integer("keepdims", 0));
        string count = _graph.Add("Cast", [AtLeastOne(lengths)], GraphBuilder.Integer("to", (int)OnnxType.Single));
        return _graph.Add("Div", [sum, _graph.Add("Unsqueeze", [count, _graph.Integers(1)])]);
    }

    private string Max(SequenceValue value)
    {
        string mask = Masks.Of(_graph, value.Steps, value.Lengths, time: 0);
        string steps = _graph.Add("Where", [mask, value.Steps, _graph.Constant(float.MinValue)]);
        return _graph.Add("ReduceMax", [steps], GraphBuilder.Integers("axes", 0), GraphBuilder.Integer("keepdims", 0));
    }

    private string OfSteps(SequenceValue value, string time)
    {
        string steps = _graph.Add("Slice", [value.Steps, _graph.Integers(0), time, _graph.Integers(0)]);
        return _graph.Add("Transpose", [Head(steps)], GraphBuilder.Integers("perm", 1, 0, 2));
    }

    private string Head(string x)
    {
        int inputs = Definition.EncodingSize, outputs = Definition.Outputs;
        string product = _graph.Add("MatMul", [x, StackNodes.Transposed(_graph, "head.weight", _weights.Of("head.weight"), outputs, inputs)]);
        return Definition.HasOutputBias ? _graph.Add("Add", [product, _graph.Named("head.bias", _weights.Of("head.bias"), outputs)]) : product;
    }
}
