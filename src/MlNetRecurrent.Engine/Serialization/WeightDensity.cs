using System.IO.Compression;

namespace MlNetRecurrent.Engine.Serialization;

/// <summary>
/// Distinguishes trained weights from padding: a zip file of a few megabytes can expand to gigabytes of zeros, but weights hardly compress.
/// </summary>
internal static class WeightDensity
{
    /// <summary>Smaller data is not examined.</summary>
    private const long LeastBytes = 1 << 16;

    private const int Samples = 256, SampleLength = 16 * 1024;

    /// <summary>Descriptions repeat the names of things, and numbers such as 0; labels differ from each other.</summary>
    private const int MostCompressionOfText = 20;

    /// <summary>A file of ten megabytes unfolds to a gigabyte at this ratio.</summary>
    private const int MostCompression = 100;

    /// <summary>Whether a description is mostly padding.</summary>
    public static bool IsPadded(byte[] description)
    {
        if (description.Length < LeastBytes)
            return false;
        using var packed = new MemoryStream();
        using (var packer = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            packer.Write(description);
        return packed.Length * MostCompressionOfText < description.Length;
    }

    /// <summary>
    /// Throws where the next bytes of a stream are padding. It examines random samples, so that no file can be prepared for them.
    /// </summary>
    /// <exception cref="InvalidDataException">They are padding.</exception>
    public static void ThrowIfPadded(Stream stream, long count)
    {
        if (count < LeastBytes)
            return;
        long start = stream.Position, samples = Math.Min(Samples, count / SampleLength);
        var random = new Random();
        var sample = new byte[SampleLength];
        using var packed = new MemoryStream();
        using (var packer = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int i = 0; i < samples; i++)
            {
                stream.Position = start + random.NextInt64(count - SampleLength);
                stream.ReadExactly(sample);
                packer.Write(sample);
            }
        }
        stream.Position = start;
        if (packed.Length * MostCompression < samples * SampleLength)
            throw new InvalidDataException($"The model is damaged: its {count} bytes of weights are almost all the same.");
    }
}
