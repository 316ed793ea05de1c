using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Onnx.Layers;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>
/// Reads a graph of recurrent operators and a linear layer, as PyTorch and Keras export it. It follows the meaning of each value from
/// node to node, and refuses nodes whose effect is unknown.
/// </summary>
internal sealed class GraphReader
{
    /// <summary>The oldest opset whose operators have the meaning that is assumed here.</summary>
    private const int OldestOpset = 7;

    private readonly OnnxReader _file;
    private readonly int _opset;
    private readonly Dictionary<string, GraphValue> _values = [];

    private GraphReader(OnnxReader file)
    {
        _file = file;
        IEnumerable<OperatorSetIdProto> standard = file.File.OpsetImport.Where(opset => NodeContents.IsStandard(opset.Domain));
        long[] versions = [.. standard.Select(opset => opset.Version).Distinct()];
        if (versions is not [> 0 and < int.MaxValue])
        {
            throw new InvalidDataException(
                $"The file is damaged: it names {versions.Length} versions of the standard operators; expected one.");
        }
        _opset = (int)versions[0];
        if (_opset < OldestOpset)
        {
            throw new NotSupportedException(
                $"The file is of opset {_opset}; files of opset {OldestOpset} and later are read. Export the model anew.");
        }
    }

    /// <exception cref="NotSupportedException">No network of this library computes the graph. The message names the node.</exception>
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
        IEnumerable<string> outputs = file.File.Graph.Output.Select(output => output.Name);
        return NetworkAssembly.Build(file, [.. outputs.Select(output => (output, reader._values.GetValueOrDefault(output)))]);
    }

    private void Evaluate(NodeProto proto)
    {
        var node = new GraphNode(_file, proto, _opset, _values);
        if (RecurrentNode.IsRecurrent(proto))
        {
            node.Check();
            AddLayer(proto, node);
            return;
        }
        GraphValue? made;
        if (node.SideValue is { } value)
        {
            made = value;
        }
        else if (node.DependsOnInput)
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
        "ArgMax" => HeadNodes.SelectLabel(node),
        "Shape" => ShapeNodes.ReadShape(node),
        "Identity" => node.ReadData(0),
        "Cast" => LayoutNodes.Cast(node),
        "Dropout" => LayoutNodes.SkipDropout(node),
        "Transpose" => LayoutNodes.Transpose(node),
        "Squeeze" => LayoutNodes.Squeeze(node),
        "Unsqueeze" => LayoutNodes.Unsqueeze(node),
        "Reshape" => ReshapeNodes.Reshape(node),
        "Flatten" => ReshapeNodes.Flatten(node),
        "Gather" => SelectionNodes.Gather(node, _file),
        "Slice" => SelectionNodes.Slice(node),
        "Concat" => ConcatNodes.Concat(node),
        "ReduceMean" or "ReduceMax" => SelectionNodes.Reduce(node),
        "Gemm" or "MatMul" => HeadNodes.Multiply(node, _file),
        "Add" => HeadNodes.AddBias(node, _file),
        "Softmax" or "LogSoftmax" or "Sigmoid" => HeadNodes.Activate(node),
        "ZipMap" => HeadNodes.NameClasses(node),
        _ => throw node.Refuse("cannot be read"),
    };

    private void AddLayer(NodeProto proto, GraphNode node)
    {
        var layer = GraphLayer.Read(node, RecurrentNode.Read(_file, proto));
        foreach ((int index, string output) in proto.Output.Index())
        {
            if (output.Length > 0)
                _values[output] = layer.CreateOutput(index, node.ReadData(0));
        }
    }
}
