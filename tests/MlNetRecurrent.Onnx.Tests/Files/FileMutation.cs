using Google.Protobuf;
using Google.Protobuf.Collections;
using MlNetRecurrent.Onnx.Graphs;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Tests.Files;

/// <summary>
/// Changes one thing of a file that remains a file: removes a field, changes a number, swaps inputs, or inserts a node between two others.
/// </summary>
internal sealed class FileMutation(Random random)
{
    private static readonly long[] _numbers = [0, 1, -1, 2, -2, 3, 6, 7, 12, 16, 1000, int.MaxValue, long.MaxValue, long.MinValue];

    private static readonly string[] _operators =
    [
        "Identity", "Cast", "Dropout", "Transpose", "Squeeze", "Unsqueeze", "Reshape", "Flatten", "Gather", "Slice", "Concat",
        "ReduceMean", "ReduceMax", "Gemm", "MatMul", "Add", "Softmax", "LogSoftmax", "Sigmoid", "Shape", "ArgMax", "ZipMap",
        "LSTM", "GRU", "RNN", "Relu", "Neg", "Tanh", "Sub", "Mul", "ReduceSum", "Conv",
    ];

    private static readonly string[] _attributes =
    [
        "axis", "axes", "perm", "keepdims", "to", "alpha", "beta", "transA", "transB", "allowzero",
        "direction", "activations", "clip", "hidden_size", "input_forget", "layout", "linear_before_reset", "start",
    ];

    /// <summary>Changes the file, and says what.</summary>
    public string Change(ModelProto file)
    {
        GraphProto graph = file.Graph;
        NodeProto node = Pick(graph.Node);
        switch (random.Next(22))
        {
            case 0:
                return Remove(graph.Node, "node");
            case 1:
                return Remove(graph.Initializer, "tensor");
            case 2:
                return Remove(node.Attribute, "attribute");
            case 3:
                return Remove(node.Input, "input");
            case 4 when node.Input.Count > 0:
                int empty = random.Next(node.Input.Count);
                node.Input[empty] = "";
                return $"input {empty} of {node.OpType} empty";
            case 5 when node.Input.Count > 1:
                (int one, int other) = (random.Next(node.Input.Count), random.Next(node.Input.Count));
                (node.Input[one], node.Input[other]) = (node.Input[other], node.Input[one]);
                return $"inputs {one} and {other} of {node.OpType} change places";
            case 6 when node.Input.Count > 0:
                int read = random.Next(node.Input.Count);
                node.Input[read] = Name(graph);
                return $"{node.OpType} reads {node.Input[read]} as input {read}";
            case 7:
                node.Input.Add(Name(graph));
                return $"{node.OpType} reads {node.Input[^1]} too";
            case 8 when graph.Node[^1].Input.Count > 0:
                graph.Node[^1].Input[0] = Name(graph);
                return $"the output is {graph.Node[^1].Input[0]}";
            case 9 or 10 when node.Attribute.Count > 0:
                return Change(Pick(node.Attribute), node);
            case 11:
                var added = new AttributeProto
                {
                    Name = _attributes[random.Next(_attributes.Length)],
                    I = random.Next(3),
                    F = random.Next(3),
                    Type = random.Next(1, 3),
                };
                if (added.Name is "axes" or "perm")
                {
                    long[] values = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(-2, 3))];
                    added = GraphBuilder.CreateIntegers(added.Name, values);
                }
                node.Attribute.Add(added);
                return $"{node.OpType} has {added}";
            case 12 or 13:
                return Change(Pick(graph.Initializer));
            case 14:
                node.OpType = _operators[random.Next(_operators.Length)];
                return $"{node.Name} is a {node.OpType}";
            case 15:
                file.OpsetImport[0].Version = random.Next(0, 24);
                return $"opset {file.OpsetImport[0].Version}";
            case 16:
                return graph.Input[0].Type?.TensorType?.Shape is null ? "nothing" : ChangeType(graph.Input[0]);
            case 17:
                (int from, int to) = (random.Next(graph.Node.Count), random.Next(graph.Node.Count));
                (graph.Node[from], graph.Node[to]) = (graph.Node[to], graph.Node[from]);
                return $"nodes {from} and {to} change places";
            default:
                return Insert(graph, node);
        }
    }

    private string Insert(GraphProto graph, NodeProto node)
    {
        if (node.Input.Count == 0)
            return "nothing";
        string name = $"inserted_{random.Next()}", operation = _operators[random.Next(22)];
        var inserted = new NodeProto { OpType = operation, Name = name, Input = { node.Input[0] }, Output = { name } };
        long[] axes = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => (long)random.Next(-2, 3))];
        switch (operation)
        {
            case "Cast":
                inserted.Attribute.Add(GraphBuilder.CreateInteger("to", random.Next(1, 14)));
                break;
            case "Squeeze" or "Unsqueeze":
                inserted.Input.Add(Constant(graph, axes));
                break;
            case "Reshape":
                long[][] shapes =
                [
                    [-1], [0, -1], [-1, 6], [0, 0, -1], [0, -1, 0], [1, -1], [-1, 1, 6],
                    [1, 0, -1], [0, 1, -1], [2, 0, -1], [0, 0, 2, -1], [-1, 3], [0, 0, 6], [0, 1, 1, -1],
                ];
                inserted.Input.Add(Constant(graph, shapes[random.Next(shapes.Length)]));
                break;
            case "Gather":
                inserted.Input.Add(Constant(graph, random.Next(-2, 3)));
                inserted.Attribute.Add(GraphBuilder.CreateInteger("axis", random.Next(-2, 3)));
                break;
            case "Slice":
                string start = Constant(graph, random.Next(-2, 2));
                string end = Constant(graph, random.Next(2) == 0 ? long.MaxValue : random.Next(-2, 3));
                inserted.Input.Add([start, end, Constant(graph, random.Next(3)), Constant(graph, random.Next(1, 3))]);
                break;
            case "Transpose":
                int rank = random.Next(1, 5);
                long[] order = [.. Enumerable.Range(0, rank).Select(place => (long)place)];
                random.Shuffle(order);
                inserted.Attribute.Add(GraphBuilder.CreateIntegers("perm", order));
                break;
            case "ReduceMean" or "ReduceMax":
                inserted.Attribute.Add([GraphBuilder.CreateIntegers("axes", axes), GraphBuilder.CreateInteger("keepdims", random.Next(2))]);
                break;
            case "Concat":
                inserted.Input.Add(Name(graph));
                inserted.Attribute.Add(GraphBuilder.CreateInteger("axis", random.Next(-2, 3)));
                break;
            case "Add" or "MatMul" or "Gemm":
                inserted.Input.Add(Pick(graph.Initializer).Name);
                break;
            case "Flatten" or "Softmax" or "LogSoftmax":
                inserted.Attribute.Add(GraphBuilder.CreateInteger("axis", random.Next(-2, 3)));
                break;
        }
        graph.Node.Insert(graph.Node.IndexOf(node), inserted);
        node.Input[0] = name;
        return $"{inserted} stands before {node.OpType}";
    }

    private string Constant(GraphProto graph, params long[] values)
    {
        string name = $"constant_{random.Next()}";
        graph.Initializer.Add(new TensorProto
        {
            Name = name,
            DataType = (int)OnnxType.Int64,
            Dims = { values.Length },
            Int64Data = { values },
        });
        return name;
    }

    private string Change(AttributeProto attribute, NodeProto node)
    {
        long number = _numbers[random.Next(_numbers.Length)];
        switch (random.Next(6))
        {
            case 0:
                attribute.Type = random.Next(12);
                break;
            case 1:
                attribute.Name = _attributes[random.Next(_attributes.Length)];
                break;
            case 2 when attribute.Ints.Count > 0:
                attribute.Ints.RemoveAt(random.Next(attribute.Ints.Count));
                break;
            case 3 or 2:
                attribute.Ints.Add(number);
                break;
            default:
                (attribute.I, attribute.F) = (number, number);
                if (attribute.Ints.Count > 0)
                    attribute.Ints[random.Next(attribute.Ints.Count)] = number;
                string[] texts = ["reverse", "bidirectional", "forward", "Relu", "Tanh", "Softsign"];
                attribute.S = attribute.S.Length > 0 ? ByteString.CopyFromUtf8(texts[random.Next(3)]) : ByteString.Empty;
                if (attribute.Strings.Count > 0)
                    attribute.Strings[random.Next(attribute.Strings.Count)] = ByteString.CopyFromUtf8(texts[random.Next(3, 6)]);
                break;
        }
        return $"attribute of {node.OpType}: {attribute}";
    }

    private string Change(TensorProto tensor)
    {
        long number = _numbers[random.Next(_numbers.Length)];
        switch (random.Next(7))
        {
            case 0:
                tensor.DataType = random.Next(17);
                break;
            case 1 when tensor.Dims.Count > 0:
                tensor.Dims[random.Next(tensor.Dims.Count)] = number;
                break;
            case 2:
                tensor.Dims.Add(random.Next(3));
                break;
            case 3 when tensor.Dims.Count > 1:
                (tensor.Dims[0], tensor.Dims[^1]) = (tensor.Dims[^1], tensor.Dims[0]);
                break;
            case 4:
                tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..random.Next(tensor.RawData.Length)]);
                break;
            case 5:
                tensor.FloatData.Add(1);
                break;
            default:
                if (tensor.DataType == (int)OnnxType.Int64)
                {
                    int count = tensor.RawData.Length / 8;
                    IEnumerable<long> numbers = Enumerable.Range(0, count).Select(_ => _numbers[random.Next(_numbers.Length)]);
                    tensor.RawData = ByteString.CopyFrom([.. numbers.SelectMany(BitConverter.GetBytes)]);
                }
                else
                    tensor.Name += "'";
                break;
        }
        return $"tensor {tensor.Name}: {(OnnxType)tensor.DataType} [{string.Join(", ", tensor.Dims)}] of {tensor.RawData.Length} bytes";
    }

    private string ChangeType(ValueInfoProto input)
    {
        switch (random.Next(5))
        {
            case 0:
                input.Type = null;
                return "an input without type";
            case 1:
                input.Type.TensorType = null;
                return "an input without tensor type";
            case 2:
                input.Type.TensorType.Shape = null;
                return "an input without shape";
            case 3:
                input.Type.TensorType.ElemType = random.Next(14);
                return $"an input of {(OnnxType)input.Type.TensorType.ElemType}";
            default:
                RepeatedField<TensorShapeProto.Types.Dimension> shape = input.Type.TensorType.Shape.Dim;
                int place = random.Next(shape.Count);
                shape[place] = new() { DimValue = random.Next(-1, 4) };
                return $"an input whose axis {place} is {shape[place].DimValue}";
        }
    }

    private string Remove<T>(RepeatedField<T> list, string what)
    {
        if (list.Count == 0)
            return "nothing";
        int place = random.Next(list.Count);
        string removed = $"without {what} {list[place]}";
        list.RemoveAt(place);
        return removed.Length > 200 ? removed[..200] : removed;
    }

    private T Pick<T>(RepeatedField<T> list) => list[random.Next(list.Count)];

    private string Name(GraphProto graph)
    {
        string[] names =
        [
            .. graph.Input.Select(input => input.Name),
            .. graph.Initializer.Select(tensor => tensor.Name),
            .. graph.Node.SelectMany(node => node.Output),
        ];
        return names[random.Next(names.Length)];
    }
}
