using MlNetRecurrent.Engine;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Layers;
using MlNetRecurrent.Engine.Losses;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>
/// Reads a graph of recurrent operators and a linear head, as PyTorch's and Keras's exporters write it, node by node: what only moves numbers about is followed by the axes of the values.
/// </summary>
internal sealed class GraphReader
{
    private readonly OnnxReader _file;
    private readonly Dictionary<string, GraphValue> _values = [];
    private readonly List<RecurrentNode> _layers = [];

    /// <summary>The ends of the layers below the last one.</summary>
    private readonly HashSet<string> _endsBelow = [];
    private (float[] Table, int Rows, int Columns)? _embedding;
    private (float[] Weights, float[]? Bias, int Outputs)? _head;
    private Pooling _pooling = Pooling.Last;
    private bool _everyStep;
    private GraphValueKind _end = GraphValueKind.Outputs;
    private char _time, _batch;

    private GraphReader(OnnxReader file) => _file = file;

    /// <exception cref="NotSupportedException">The graph does what no network of this library does; the message names the node.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static TrainedNetwork Read(OnnxReader file)
    {
        var reader = new GraphReader(file);
        foreach (ValueInfoProto input in file.File.Graph.Input.Where(input => !file.IsConstant(input.Name)))
            reader.AddInput(input);
        foreach (NodeProto node in file.File.Graph.Node)
            reader.Follow(node);
        return reader.Build();
    }

    private void AddInput(ValueInfoProto input)
    {
        int rank = input.Type?.TensorType?.Shape?.Dim.Count ?? 0;
        bool isNumbers = input.Type?.TensorType?.ElemType == (int)OnnxType.Single;
        if (rank == 3 && isNumbers)
            _values[input.Name] = new(GraphValueKind.Features, "abF");
        else if (rank == 2)
            _values[input.Name] = new(GraphValueKind.Tokens, "ab");
    }

    private void Follow(NodeProto node)
    {
        if (RecurrentNode.Is(node))
        {
            AddLayer(node);
            return;
        }
        string[] known = [.. node.Input.Where(_values.ContainsKey)];
        if (known.Length == 0 || node.Output.Count == 0)
            return;
        if (node.Domain is not ("" or "ai.onnx" or GraphBuilder.MlDomain))
            throw Unknown(node);
        GraphValue x = _values[known[0]];
        GraphValue? made = node.OpType switch
        {
            "Identity" or "Cast" or "Dropout" => x,
            "Transpose" => x.With(new string([.. node.Integers("perm", [.. Enumerable.Range(0, x.Axes.Length).Reverse().Select(i => (long)i)]).Select(axis => x.Axes[x.Place(axis)])])),
            "Squeeze" => Squeezed(node, x),
            "Reshape" or "Flatten" => Merged(node, x),
            "Gather" => Gathered(node, x),
            "Slice" => Sliced(node, x),
            "Concat" => Joined(node, known),
            "ReduceMean" or "ReduceMax" => Pooled(node, x),
            "Gemm" or "MatMul" => Multiplied(node, x),
            "Add" => Added(node, x),
            "Softmax" or "LogSoftmax" when x.Kind is GraphValueKind.Product or GraphValueKind.Outputs && IsOverClasses(node, x) => End(x, GraphValueKind.Probabilities),
            "Sigmoid" when x.Kind is GraphValueKind.Product or GraphValueKind.Outputs => End(x, GraphValueKind.Probability),
            // What is asked of the shape of a value, or made of the outputs, is of no matter here.
            "Shape" or "ArgMax" => null,
            "ZipMap" when x.Kind == GraphValueKind.Probabilities => null,
            _ => throw Unknown(node),
        };
        if (made is not null)
            _values[node.Output[0]] = made;
    }

    /// <summary>Whether a Softmax is over the last axis; before opset 13 it was over all from the second on, unless told otherwise.</summary>
    private bool IsOverClasses(NodeProto node, GraphValue x)
    {
        bool isOld = _file.File.OpsetImport.Any(opset => opset.Domain.Length == 0 && opset.Version < 13);
        return x.Place(node.Integer("axis", isOld ? 1 : -1)) == x.Axes.Length - 1;
    }

    private void AddLayer(NodeProto node)
    {
        GraphValue x = _values.GetValueOrDefault(node.Input.Count > 0 ? node.Input[0] : "") ?? throw new NotSupportedException($"{node.OpType} '{node.Name}' reads what does not come of the input of the graph.");
        bool isFirst = x.Kind == GraphValueKind.Features;
        if (x.Axes.Length != 3 || x.Axes[2] != 'F' || isFirst != (_layers.Count == 0) || (!isFirst && x.Kind != GraphValueKind.Steps))
            throw Unknown(node);
        if (_layers.Count > 0 && x.Axes != $"{_time}{_batch}F")
            throw new NotSupportedException($"{node.OpType} '{node.Name}' reads another axis as its time than the layer below.");
        RecurrentNode layer = RecurrentNode.Of(_file, node);
        int expected = _layers.Count > 0 ? _layers[^1].Units * _layers[^1].Directions : _embedding?.Columns ?? layer.Inputs;
        if (layer.Inputs != expected)
            throw new InvalidDataException($"{node.OpType} '{node.Name}' reads {layer.Inputs} numbers a step; it is given {expected}.");
        (_time, _batch) = (x.Axes[0], x.Axes[1]);
        _layers.Add(layer);
        foreach (string value in _values.Keys.Where(key => _values[key].Kind >= GraphValueKind.Steps).ToArray())
        {
            if (_values[value].Kind == GraphValueKind.Last)
                _endsBelow.Add(value);
            _values.Remove(value);
        }
        if (node.Output.Count > 0 && node.Output[0].Length > 0)
            _values[node.Output[0]] = new(GraphValueKind.Steps, $"{_time}D{_batch}H");
        if (node.Output.Count > 1 && node.Output[1].Length > 0)
            _values[node.Output[1]] = new(GraphValueKind.Last, $"D{_batch}H");
    }

    private GraphValue Squeezed(NodeProto node, GraphValue x)
    {
        long[] axes = node.Input.Count > 1 ? _file.Integers(node.Input[1]) : node.Integers("axes", []);
        HashSet<int> places = axes.Length > 0 ? [.. axes.Select(x.Place)] : [.. Enumerable.Range(0, x.Axes.Length).Where(i => IsOne(x.Axes[i]))];
        if (x.IsOfAllLayers || places.Any(place => !IsOne(x.Axes[place])))
            throw Unknown(node);
        return Settled(x.With(new string([.. x.Axes.Where((_, i) => !places.Contains(i))])));
    }

    /// <summary>Directions and units that stand side by side become features; what is of size 1 goes.</summary>
    private GraphValue Merged(NodeProto node, GraphValue x)
    {
        string axes = x.Axes.EndsWith("DH", StringComparison.Ordinal) ? x.Axes[..^2] + "F" : new([.. x.Axes.Where(axis => !IsOne(axis))]);
        GraphValue merged = x.IsOfAllLayers ? throw Unknown(node) : Settled(x.With(axes));
        return merged.Axes.Contains('D') || merged.Axes.Contains('H') ? throw Unknown(node) : merged;
    }

    private GraphValue Gathered(NodeProto node, GraphValue x)
    {
        if (x.Kind == GraphValueKind.Tokens)
            return Embedded(node, x);
        int place = x.Place(node.Integer("axis", 0));
        long[] indices = node.Input.Count > 1 && _file.IsConstant(node.Input[1]) ? _file.Integers(node.Input[1]) : throw Unknown(node);
        if (indices.Length != 1)
            throw Unknown(node);
        string without = x.Axes.Remove(place, 1);
        if (x.IsOfAllLayers && (indices[0] >= 0 || -indices[0] > _layers[^1].Directions))
            throw Unknown(node);
        if (x.Axes[place] == 'D' && x.Kind == GraphValueKind.Last)
            return x.With(without.Replace('H', 'F')) with { IsOfAllLayers = false, Part = (int)(indices[0] < 0 ? indices[0] + _layers[^1].Directions : indices[0]) };
        if (x.Axes[place] == _time && indices[0] == -1)
            return LastStep(node, Settled(x.With(without)));
        throw Unknown(node);
    }

    private GraphValue Embedded(NodeProto node, GraphValue x)
    {
        if (node.Input.Count < 2 || !_file.IsConstant(node.Input[0]) || node.Integer("axis", 0) != 0 || _embedding is not null)
            throw Unknown(node);
        (float[] table, int[] dimensions) = _file.Numbers(node.Input[0]);
        if (dimensions.Length != 2 || table.Length == 0)
            throw new InvalidDataException($"Gather '{node.Name}' has a table of {dimensions.Length} dimensions; expected rows and columns.");
        _embedding = (table, dimensions[0], dimensions[1]);
        return new(GraphValueKind.Features, x.Axes + "F");
    }

    private GraphValue Sliced(NodeProto node, GraphValue x)
    {
        if (node.Input.Count < 4 || !node.Input.Skip(1).Take(3).All(_file.IsConstant))
            throw Unknown(node);
        long[] starts = _file.Integers(node.Input[1]), ends = _file.Integers(node.Input[2]), axes = _file.Integers(node.Input[3]);
        // The last step, and all of the other axes.
        bool isLast = starts.Length == axes.Length && ends.Length == axes.Length && axes.Any(axis => x.Axes[x.Place(axis)] == _time)
            && axes.Index().All(axis => ends[axis.Index] >= int.MaxValue && starts[axis.Index] == (x.Axes[x.Place(axis.Item)] == _time ? -1 : 0));
        if (!isLast || (node.Input.Count > 4 && (!_file.IsConstant(node.Input[4]) || _file.Integers(node.Input[4]).Any(step => step != 1))))
            throw Unknown(node);
        return LastStep(node, x.With(x.Axes.Replace(_time, '1')));
    }

    /// <summary>The last step of the outputs is the last state of a layer that reads from the beginning, and of no other.</summary>
    private GraphValue LastStep(NodeProto node, GraphValue x)
    {
        if (x.Kind != GraphValueKind.Steps)
            throw Unknown(node);
        if (_layers[^1].Directions == 2)
            throw new NotSupportedException($"{node.OpType} '{node.Name}' takes the last step of a layer in both directions, where the one that comes from the end has read a single step. This library takes what both know at their ends (Y_h).");
        return x with { Kind = GraphValueKind.Last };
    }

    private GraphValue Joined(NodeProto node, string[] known)
    {
        GraphValue[] parts = [.. known.Select(name => _values[name])];
        if (parts is [{ Kind: GraphValueKind.Last } last] && last.Axes.StartsWith('D') && node.Input[^1] == known[0] && node.Input.SkipLast(1).All(_endsBelow.Contains) && last.Place(node.Integer("axis", 0)) == 0)
            return last with { IsOfAllLayers = true };
        bool isBoth = parts is [{ Kind: GraphValueKind.Last, Part: 0 }, { Kind: GraphValueKind.Last, Part: 1 }] && parts[0].Axes == parts[1].Axes && parts[0].Axes[parts[0].Place(node.Integer("axis", 0))] == 'F';
        return isBoth ? parts[0] with { Part = null } : throw Unknown(node);
    }

    private GraphValue Pooled(NodeProto node, GraphValue x)
    {
        long[] axes = node.Input.Count > 1 ? _file.Integers(node.Input[1]) : node.Integers("axes", []);
        if (x.Kind != GraphValueKind.Steps || axes.Length != 1 || x.Axes[x.Place(axes[0])] != _time)
            throw Unknown(node);
        string pooled = node.Integer("keepdims", 1) == 0 ? x.Axes.Remove(x.Place(axes[0]), 1) : x.Axes.Replace(_time, '1');
        return new(node.OpType == "ReduceMean" ? GraphValueKind.Mean : GraphValueKind.Max, pooled);
    }

    private GraphValue Multiplied(NodeProto node, GraphValue x)
    {
        string axes = new([.. x.Axes.Where(axis => axis != '1')]);
        bool isRead = x.Kind is GraphValueKind.Steps or GraphValueKind.Last or GraphValueKind.Mean or GraphValueKind.Max;
        if (_head is not null || !isRead || axes[^1] != 'F' || axes.Contains('D') || node.Input.Count < 2 || x.Part is not null && _layers[^1].Directions == 2)
            throw Unknown(node);
        if (node.Number("alpha", 1) != 1 || node.Number("beta", 1) != 1 || node.Integer("transA", 0) != 0)
            throw Unknown(node);
        (float[] weights, int[] dimensions) = _file.Numbers(node.Input[1]);
        int inputs = _layers[^1].Units * _layers[^1].Directions;
        bool isTransposed = node.Integer("transB", 0) != 0;
        if (dimensions.Length != 2 || dimensions[isTransposed ? 1 : 0] != inputs)
            throw new InvalidDataException($"{node.OpType} '{node.Name}' has weights [{string.Join(", ", dimensions)}] for {inputs} units.");
        int outputs = dimensions[isTransposed ? 0 : 1];
        float[] rows = isTransposed ? weights : [.. Enumerable.Range(0, weights.Length).Select(i => weights[i % inputs * outputs + i / inputs])];
        _everyStep = axes.Contains(_time);
        _pooling = x.Kind switch { GraphValueKind.Mean => Pooling.Mean, GraphValueKind.Max => Pooling.Max, _ => Pooling.Last };
        bool hasBias = node.OpType == "Gemm" && node.Input.Count > 2 && node.Input[2].Length > 0;
        _head = (rows, hasBias ? Bias(node, node.Input[2], outputs) : null, outputs);
        return new(hasBias ? GraphValueKind.Outputs : GraphValueKind.Product, axes);
    }

    private GraphValue Added(NodeProto node, GraphValue x)
    {
        string? constant = node.Input.FirstOrDefault(_file.IsConstant);
        if (x.Kind != GraphValueKind.Product || constant is null || _head is not { } head)
            throw Unknown(node);
        _head = head with { Bias = Bias(node, constant, head.Outputs) };
        return x with { Kind = GraphValueKind.Outputs };
    }

    private float[] Bias(NodeProto node, string name, int outputs)
    {
        float[] bias = _file.Numbers(name).Values;
        return bias.Length == outputs ? bias : throw new InvalidDataException($"{node.OpType} '{node.Name}' has {bias.Length} biases for {outputs} outputs.");
    }

    private GraphValue End(GraphValue x, GraphValueKind kind)
    {
        _end = kind;
        return x with { Kind = kind };
    }

    private TrainedNetwork Build()
    {
        if (_layers.Count == 0)
            throw new NotSupportedException("The graph has no LSTM, GRU or RNN that reads its input.");
        if (_head is not { } head)
            throw new NotSupportedException("The graph has no linear layer (Gemm, or MatMul and Add) behind its recurrent ones.");
        if (_end == GraphValueKind.Probability && head.Outputs != 1)
            throw new NotSupportedException($"The graph has {head.Outputs} outputs with a Sigmoid each; this library knows one.");
        var definition = new NetworkDefinition
        {
            Features = _embedding?.Columns ?? _layers[0].Inputs,
            Tokens = _embedding?.Rows ?? 0,
            Layers = [.. _layers.Select(layer => layer.Layer)],
            Pooling = _pooling,
            EveryStep = _everyStep,
            Outputs = head.Outputs,
            HasOutputBias = head.Bias is not null,
            Loss = _end switch
            {
                GraphValueKind.Probability => LossKind.SigmoidCrossEntropy,
                GraphValueKind.Probabilities => LossKind.SoftmaxCrossEntropy,
                _ => head.Outputs == 1 && !_everyStep ? LossKind.SquaredError : LossKind.SoftmaxCrossEntropy,
            },
        };
        if (_everyStep && definition.Loss != LossKind.SoftmaxCrossEntropy)
            throw new NotSupportedException("The graph has one output for every step; this library knows classes of steps only.");
        if (_everyStep && _end == GraphValueKind.Outputs && head.Outputs == 1)
            throw new NotSupportedException("The graph has a value for every step; this library knows classes of steps only.");
        definition.Validate();
        var weights = new WeightWriter(definition, _file.NumberCount);
        if (_embedding is { } embedding)
            weights.Set("embedding.weight", embedding.Table);
        for (int i = 0; i < _layers.Count; i++)
            _layers[i].WriteTo(weights, $"layers.{i}");
        weights.Set("head.weight", head.Weights);
        if (head.Bias is not null)
            weights.Set("head.bias", head.Bias);
        weights.ThrowIfMissing();
        return new(definition, FeatureNormalization.None(definition.Features), weights.Parameters);
    }

    /// <summary>With one direction, units are features once the axis of directions is gone.</summary>
    private static GraphValue Settled(GraphValue x) => x.Axes.Contains('D') ? x : x.With(x.Axes.Replace('H', 'F'));

    private bool IsOne(char axis) => axis == '1' || (axis == 'D' && _layers.Count > 0 && _layers[^1].Directions == 1);

    private static NotSupportedException Unknown(NodeProto node) => new($"{node.OpType} '{node.Name}' cannot be read here: graphs are read that are recurrent operators on top of each other and one linear layer, with what moves their numbers about.");
}
