using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Engine.Tests.Onnx;

/// <summary>OnnxRuntime's recurrent operators, as the implementation that is not ours.</summary>
internal static class OnnxRecurrent
{
    private const int Float = 1, Int32 = 6;

    /// <summary>Runs a batch of sequences of differing lengths, padded to the longest.</summary>
    /// <param name="operation">LSTM, GRU or RNN.</param>
    /// <param name="attributes">Attributes of the operator beside the hidden size.</param>
    /// <param name="units">Hidden units H.</param>
    /// <param name="features">Features of a step I.</param>
    /// <param name="lengths">The length of each sequence.</param>
    /// <param name="x">[T, B, I].</param>
    /// <param name="directions">1, or 2 where a second layer reads from the end.</param>
    /// <param name="w">[directions, gates · H, I], gates in ONNX's order.</param>
    /// <param name="r">[directions, gates · H, H].</param>
    /// <param name="b">[directions, 2 · gates · H], first those of the input product, then those of the recurrent one.</param>
    /// <returns>The states after each step [T, directions, B, H], and the last one of each sequence [directions, B, H].</returns>
    public static (float[] Steps, float[] Last) Run(
        string operation, AttributeProto[] attributes,
        int units, int features, int[] lengths, float[] x, int directions,
        float[] w, float[] r, float[] b)
    {
        int steps = lengths.Max(), batch = lengths.Length;
        var node = new NodeProto { OpType = operation, Name = "cell", Input = { "X", "W", "R", "B", "lengths" }, Output = { "Y", "Y_h" } };
        node.Attribute.Add([new AttributeProto { Name = "hidden_size", I = units, Type = 2 }, .. attributes]);
        if (directions == 2)
            node.Attribute.Add(new AttributeProto { Name = "direction", S = ByteString.CopyFromUtf8("bidirectional"), Type = 3 });
        int rows = w.Length / features / directions;
        var graph = new GraphProto { Name = "recurrent", Node = { node } };
        graph.Input.Add([Value("X", Float, steps, batch, features), Value("lengths", Int32, batch)]);
        graph.Output.Add([Value("Y", Float, steps, directions, batch, units), Value("Y_h", Float, directions, batch, units)]);
        graph.Initializer.Add(
        [
            Tensor("W", w, directions, rows, features), Tensor("R", r, directions, rows, units),
            Tensor("B", b, directions, 2 * rows),
        ]);
        var model = new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 14 } } };

        using var session = new InferenceSession(model.ToByteArray());
        using var xValue = OrtValue.CreateTensorValueFromMemory(x, [steps, batch, features]);
        using var lengthValue = OrtValue.CreateTensorValueFromMemory(lengths, [batch]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["X", "lengths"], [xValue, lengthValue], ["Y", "Y_h"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray());
    }

    private static TensorProto Tensor(string name, float[] values, params IEnumerable<int> dimensions) => new()
    {
        Name = name,
        DataType = Float,
        Dims = { dimensions.Select(dimension => (long)dimension) },
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(values)),
    };

    private static ValueInfoProto Value(string name, int type, params IEnumerable<int> dimensions) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = type,
                Shape = new TensorShapeProto
                {
                    Dim = { dimensions.Select(dimension => new TensorShapeProto.Types.Dimension { DimValue = dimension }) },
                },
            },
        },
    };
}
