using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Benchmarks.Scoring;

/// <summary>The same network as an ONNX graph in OnnxRuntime: an LSTM, and a linear layer with a softmax on its last state.</summary>
internal sealed class OnnxTwin : IDisposable
{
    private const int Float = 1, Int64 = 7, Int = 2;

    /// <summary>The gates i, f, g, o in ONNX's order, which is i, o, f, g.</summary>
    private static readonly int[] _gates = [0, 3, 1, 2];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();

    public OnnxTwin(TrainedNetwork trained, int threads)
    {
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        _session = new(Graph(trained).ToByteArray(), options);
    }

    /// <summary>The probabilities [batch, classes] of sequences of one length [steps, batch, features].</summary>
    public ReadOnlySpan<float> Run(float[] x, int steps, int batch, int features)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(x, [steps, batch, features]);
        using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(_options, ["x"], [input], ["probabilities"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
    }

    private static ModelProto Graph(TrainedNetwork trained)
    {
        int features = trained.Definition.Features, units = trained.Definition.Layers.Single().Size, classes = trained.Definition.Outputs;
        var network = new Network<ScalarLane, float>(trained.Definition);
        network.Bind(trained.Parameters, training: false);
        Dictionary<string, ParameterTensor> tensors = network.Tensors.ToDictionary(tensor => tensor.Name);
        float[] OfGates(string name, int columns) => [.. _gates.SelectMany(gate => Rows(tensors[name], gate * units, units, columns))];
        IEnumerable<float> Rows(ParameterTensor tensor, int first, int count, int columns) =>
            Enumerable.Range(0, count * columns)
                .Select(i => trained.Parameters.Values.Span[(int)tensor.Position(first + i / columns, i % columns)]);

        var lstm = new NodeProto
        {
            OpType = "LSTM",
            Input = { "x", "W", "R", "B" },
            Output = { "", "h" },
            Attribute = { new AttributeProto { Name = "hidden_size", I = units, Type = Int } },
        };
        var squeeze = new NodeProto { OpType = "Squeeze", Input = { "h", "axes" }, Output = { "last" } };
        var head = new NodeProto
        {
            OpType = "Gemm",
            Input = { "last", "V", "c" },
            Output = { "logits" },
            Attribute = { new AttributeProto { Name = "transB", I = 1, Type = Int } },
        };
        var softmax = new NodeProto { OpType = "Softmax", Input = { "logits" }, Output = { "probabilities" } };
        var graph = new GraphProto
        {
            Name = "twin",
            Node = { lstm, squeeze, head, softmax },
            Input = { Value("x", -1, -1, features) },
            Output = { Value("probabilities", -1, classes) },
        };
        graph.Initializer.Add(
        [
            Tensor("W", OfGates("layers.0.weight_ih", features), 1, 4 * units, features),
            Tensor("R", OfGates("layers.0.weight_hh", units), 1, 4 * units, units),
            Tensor("B", [.. OfGates("layers.0.bias", 1), .. new float[4 * units]], 1, 8 * units),
            Tensor("V", [.. Rows(tensors["head.weight"], 0, classes, units)], classes, units),
            Tensor("c", [.. Rows(tensors["head.bias"], 0, classes, 1)], classes),
            new TensorProto { Name = "axes", DataType = Int64, Dims = { 1 }, RawData = ByteString.CopyFrom(new byte[sizeof(long)]) },
        ]);
        return new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 14 } } };
    }

    private static TensorProto Tensor(string name, float[] values, params IEnumerable<int> dimensions) => new()
    {
        Name = name,
        DataType = Float,
        Dims = { dimensions.Select(dimension => (long)dimension) },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)),
    };

    private static TensorShapeProto.Types.Dimension Dimension(int size) =>
        size < 0 ? new() { DimParam = "any" } : new() { DimValue = size };

    private static ValueInfoProto Value(string name, params IEnumerable<int> dimensions) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = Float,
                Shape = new TensorShapeProto
                {
                    Dim = { dimensions.Select(Dimension) },
                },
            },
        },
    };
}
