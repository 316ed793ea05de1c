using System.Buffers.Binary;
using System.IO.Hashing;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// The weights of a network in a stream: for each tensor, in the order of the network, the number of its elements (8 bytes) and the
/// elements row by row, in single precision; then the CRC-32 of all that and of the description. All numbers are little-endian.
/// </summary>
internal static unsafe class WeightFormat
{
    /// <summary>Elements that are read or written at a time.</summary>
    private const int ChunkLength = 16 * 1024;

    /// <param name="stream">The target.</param>
    /// <param name="definition">The architecture.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="description">The description in the file, which the checksum covers.</param>
    public static void Write(Stream stream, NetworkDefinition definition, Parameters<float> parameters, ReadOnlySpan<byte> description)
    {
        var crc = new Crc32();
        crc.Append(description);
        var buffer = new byte[ChunkLength * sizeof(float)];
        foreach (ParameterTensor tensor in definition.Tensors)
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer, tensor.Count);
            Put(buffer.AsSpan(0, sizeof(long)));
            for (long start = 0; start < tensor.Count; start += ChunkLength)
            {
                int count = (int)Math.Min(ChunkLength, tensor.Count - start);
                for (int i = 0; i < count; i++)
                {
                    BinaryPrimitives.WriteSingleLittleEndian(
                        buffer.AsSpan(i * sizeof(float)), parameters.Values.Pointer[PositionOf(tensor, start + i)]);
                }
                Put(buffer.AsSpan(0, count * sizeof(float)));
            }
        }
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, crc.GetCurrentHashAsUInt32());
        stream.Write(buffer, 0, sizeof(uint));

        void Put(ReadOnlySpan<byte> bytes)
        {
            crc.Append(bytes);
            stream.Write(bytes);
        }
    }

    /// <summary>Reads the weights that <see cref="Write"/> wrote. Nothing is allocated for weights that the stream does not have.</summary>
    /// <param name="stream">The source.</param>
    /// <param name="definition">The architecture.</param>
    /// <param name="description">The description in the file, which the checksum covers.</param>
    /// <param name="budget">The sizes of the other parts of the file; <see langword="null"/> where there are none.</param>
    /// <exception cref="InvalidDataException">The stream ends early, holds something else, or has a weight that is not finite.</exception>
    public static Parameters<float> Read(
        Stream stream, NetworkDefinition definition, ReadOnlySpan<byte> description, LoadBudget? budget = null)
    {
        var network = new Network<ScalarLane, float>(definition);
        ParameterTensor[] tensors = [.. network.Tensors];
        stream = WithAllBytes(stream, tensors.Sum(tensor => sizeof(long) + tensor.Count * sizeof(float)) + sizeof(uint), budget ?? new());
        var parameters = new Parameters<float>(network.ParameterCount);
        var crc = new Crc32();
        crc.Append(description);
        var buffer = new byte[ChunkLength * sizeof(float)];
        foreach (ParameterTensor tensor in tensors)
        {
            Take(sizeof(long), tensor.Name);
            long written = BinaryPrimitives.ReadInt64LittleEndian(buffer);
            if (written != tensor.Count)
            {
                throw new InvalidDataException(
                    $"The weights are damaged: {tensor.Name} should have {tensor.Rows} × {tensor.Columns} elements, "
                    + $"the file says {written}.");
            }
            for (long start = 0; start < tensor.Count; start += ChunkLength)
            {
                int count = (int)Math.Min(ChunkLength, tensor.Count - start);
                Take(count * sizeof(float), tensor.Name);
                for (int i = 0; i < count; i++)
                {
                    parameters.Values.Pointer[PositionOf(tensor, start + i)] =
                        BinaryPrimitives.ReadSingleLittleEndian(buffer.AsSpan(i * sizeof(float)));
                }
            }
        }
        uint computed = crc.GetCurrentHashAsUInt32();
        Take(sizeof(uint), "the checksum");
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(buffer);
        if (computed != expected)
            throw new InvalidDataException($"The model is damaged: its checksum is {computed:x8}, the file says {expected:x8}.");
        return parameters;

        void Take(int count, string what)
        {
            if (stream.ReadAtLeast(buffer.AsSpan(0, count), count, throwOnEndOfStream: false) < count)
                throw new InvalidDataException($"The model is cut short: the file ends within {what}.");
            crc.Append(buffer.AsSpan(0, count));
        }
    }

    /// <summary>A stream that is known to have this many more bytes.</summary>
    private static Stream WithAllBytes(Stream stream, long count, LoadBudget budget)
    {
        if (!stream.CanSeek)
        {
            var read = new MemoryStream();
            var chunk = new byte[ChunkLength];
            while (read.Length < count && stream.Read(chunk, 0, (int)Math.Min(chunk.Length, count - read.Length)) is > 0 and var bytes)
                read.Write(chunk, 0, bytes);
            read.Position = 0;
            stream = read;
        }
        long found = stream.Length - stream.Position;
        if (found < count)
            throw new InvalidDataException($"The model is cut short: its weights take {count} bytes, of which the file has {found}.");
        if (!budget.TakeWeights(count))
            WeightDensity.ThrowIfPadded(stream, count);
        return stream;
    }

    private static nint PositionOf(ParameterTensor tensor, long index) =>
        tensor.Position((int)(index / tensor.Columns), (int)(index % tensor.Columns));
}
