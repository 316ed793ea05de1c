using Google.Protobuf;
using MlNetRecurrent.Onnx.Protobuf;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>A graph as bytes, which are fewer than 2 GiB: protobuf has no larger messages.</summary>
internal static class OnnxFile
{
    /// <summary>What tensors and texts may take, so that there is room for the nodes.</summary>
    private const long MostBytes = int.MaxValue - (64L << 20);

    /// <summary>Writes a graph.</summary>
    /// <param name="file">The graph.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="mostBytes">The most that tensors and texts may take.</param>
    /// <exception cref="InvalidOperationException">It is larger; nothing is written.</exception>
    public static void Write(ModelProto file, Stream stream, long mostBytes = MostBytes)
    {
        long bytes = file.Graph.Initializer.Sum(tensor => tensor.RawData.Length + tensor.StringData.Sum(text => (long)text.Length))
            + file.MetadataProps.Sum(entry => 3L * entry.Value.Length)
            + file.Graph.Node.SelectMany(node => node.Attribute).SelectMany(attribute => attribute.Strings).Sum(text => (long)text.Length);
        ThrowIfTooLarge(bytes, mostBytes);
        file.WriteTo(stream);
    }

    /// <exception cref="InvalidOperationException">It is too much.</exception>
    public static void ThrowIfTooLarge(long bytes, long mostBytes = MostBytes)
    {
        if (bytes > mostBytes)
        {
            throw new InvalidOperationException(
                $"The network takes {bytes:N0} bytes; an ONNX file can hold {mostBytes:N0}. Save it with mlContext.Model.Save, or train one with fewer weights: fewer tokens or units, or a smaller embedding.");
        }
    }
}
