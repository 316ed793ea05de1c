using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>
/// Reads a graph of recurrent operators and a linear head, as the exporters of PyTorch and Keras write it: node by node, from its outputs backwards. Each node is read if its effect on the values is known for sure.
/// </summary>
internal sealed class GraphReader
{
    /// <summary>The oldest opset whose operators mean what is taken for granted here.</summary>
    private const int OldestOpset = 7;

    private readonly OnnxReader _file;
    private readonly int _opset;
    private readonly Dictionary<string, GraphValue> _values = [];

    private GraphReader(OnnxReader file)
    {
        _file = file;
        long[] versions = [.. file.File.OpsetImport.Where(opset => opset.Domain is "" or "ai.onnx").Select(opset => opset.Version).Distinct()];
        if (versions is not [> 0 and < int.MaxValue])
            throw new InvalidDataException($"The file is damaged: it names {versions.Length} versions of the standard operators; expected one.");
        _opset = (int)versions[0];
        if (_opset < OldestOpset)
            throw new NotSupportedException($"The file is of opset {_opset}; files of opset {OldestOpset} and later are read. Export the model anew.");
    }

    /// <exception cref="NotSupportedException">The graph does what no network of this library does; the message names the node.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static TrainedNetwork Read(OnnxReader file)
    {
        var reader = new GraphReader(file);
        if (file.File.Graph.Output.Count == 0)
            throw new InvalidDataException("The file is damaged: its graph has no output.");
        IReadOnlyList<NodeProto> order = GraphWalk.Order(file);
        foreach (ValueInfoProto input in file.File.Graph.Input.Where(input => !file.IsConstant(input.Name)))
            reader._values[input.Name] = GraphInput.Read(input);
        foreach (NodeProto node in order)
            reader.Evaluate(node);
        return NetworkAssembly.Build(file, [.. file.File.Graph.Output.Select(output => (output.Name, reader._values.GetValueOrDefault(output.Name)))]);
    }

    private void Evaluate(NodeProto proto)
    {
        var node = new GraphNode(_file, proto, _opset, _values);
        if (RecurrentNode.Is(proto))
        {
            node.Check();
            AddLayer(proto, node);
            return;
        }
        GraphValue? made;
        if (node.Aside is { } aside)
        {
            made = aside;
        }
        else if (node.ReadsData)
        {
            node.Check();
            made = Follow(node);
        }
        else
        {
            made = ShapeNodes.TryEvaluate(node);
        }
        if (made is not null && proto.Output.Count > 0)
            _values[proto.Output[0]] = made;
    }

    private GraphValue Follow(GraphNode node) => node.Operation switch
    {
        "ArgMax" => HeadNodes.Choose(node),
        "Shape" => ShapeNodes.Shape(node),
        "Identity" => node.Data(0),
        "Cast" => MoveNodes.Cast(node),
        "Dropout" => MoveNodes.Dropout(node),
        "Transpose" => MoveNodes.Transpose(node),
        "Squeeze" => MoveNodes.Squeeze(node),
        "Unsqueeze" => MoveNodes.Unsqueeze(node),
        "Reshape" => ReshapeNodes.Reshape(node),
        "Flatten" => ReshapeNodes.Flatten(node),
        "Gather" => SelectNodes.Gather(node, _file),
        "Slice" => SelectNodes.Slice(node),
        "Concat" => SelectNodes.Concat(node),
        "ReduceMean" or "ReduceMax" => SelectNodes.Reduce(node),
        "Gemm" or "MatMul" => HeadNodes.Multiply(node, _file),
        "Add" => HeadNodes.Add(node, _file),
        "Softmax" or "LogSoftmax" or "Sigmoid" => HeadNodes.Activate(node),
        "ZipMap" => HeadNodes.Name(node),
        _ => throw node.Refuse("cannot be read"),
    };

    private void AddLayer(NodeProto proto, GraphNode node)
    {
        GraphLayer layer = GraphLayer.Read(_file, node, RecurrentNode.Of(_file, proto));
        foreach ((int index, string output) in proto.Output.Index())
        {
            if (output.Length > 0)
                _values[output] = layer.Output(index, node.Data(0));
        }
    }
}
