using Google.Protobuf;

namespace MlNetRecurrent.Onnx.Graphs;

/// <summary>Writes models to files of less than 2 GiB, the largest message of protobuf.</summary>
internal static class OnnxFile
{
    /// <summary>The key of the metadata entry in which this library describes the model.</summary>
    public const string DescriptionKey = "mlnetrecurrent";

    /// <summary>The most bytes of tensors and texts. The rest is room for the nodes.</summary>
    private const long MostBytes = int.MaxValue - (64L << 20);

    /// <summary>Writes a model.</summary>
    /// <param name="file">The model.</param>
    /// <param name="stream">The destination.</param>
    /// <param name="mostBytes">The most bytes of tensors and texts.</param>
    /// <exception cref="InvalidOperationException">The model is larger. Nothing is written.</exception>
    public static void Write(ModelProto file, Stream stream, long mostBytes = MostBytes)
    {
        long bytes = file.Graph.Initializer.Sum(tensor => tensor.RawData.Length + tensor.StringData.Sum(text => (long)text.Length))
            + file.MetadataProps.Sum(entry => 3L * entry.Value.Length)
            + file.Graph.Node.SelectMany(node => node.Attribute).SelectMany(attribute => attribute.Strings).Sum(text => (long)text.Length);
        ThrowIfTooLarge(bytes, mostBytes);
        file.WriteTo(stream);
    }

    /// <exception cref="InvalidOperationException">There are more bytes than an ONNX file can hold.</exception>
    public static void ThrowIfTooLarge(long bytes, long mostBytes = MostBytes)
    {
        if (bytes > mostBytes)
        {
            throw new InvalidOperationException(
                $"The network takes {bytes:N0} bytes; an ONNX file can hold {mostBytes:N0}. Save it with mlContext.Model.Save, " +
                "or train one with fewer weights: fewer tokens or units, or a smaller embedding.");
        }
    }
}
