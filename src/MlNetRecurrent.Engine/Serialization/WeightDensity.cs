using System.IO.Compression;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// Tells large weights from padding. A zip of a few megabytes unfolds to gigabytes of zeros; weights that were learnt hardly get smaller when they are packed.
/// </summary>
internal static class WeightDensity
{
    /// <summary>What takes less than a quarter of a gigabyte is read without a look.</summary>
    private const long LeastBytes = 1 << 28;

    private const int Samples = 256, SampleLength = 16 * 1024;

    /// <summary>A file of ten megabytes unfolds to a gigabyte at this ratio.</summary>
    private const int MostCompression = 100;

    /// <summary>Throws where so many bytes of a stream, from where it stands, are padding. Samples at random tell, so that none can be prepared for them.</summary>
    /// <exception cref="InvalidDataException">They are padding.</exception>
    public static void ThrowIfPadded(Stream stream, long count)
    {
        if (count < LeastBytes)
            return;
        long start = stream.Position;
        var random = new Random();
        var sample = new byte[SampleLength];
        using var packed = new MemoryStream();
        using (var packer = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int i = 0; i < Samples; i++)
            {
                stream.Position = start + random.NextInt64(count - SampleLength);
                stream.ReadExactly(sample);
                packer.Write(sample);
            }
        }
        stream.Position = start;
        if (packed.Length * MostCompression < (long)Samples * SampleLength)
            throw new InvalidDataException($"The model is damaged: its {count} bytes of weights are almost all the same.");
    }
}
