using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Benchmarks.Kernels;

/// <summary>Numbers for kernels to work on.</summary>
internal static unsafe class RandomBuffer
{
    /// <summary>Numbers from -0.5 to 0.5, always the same.</summary>
    public static PinnedBuffer<float> Create(nint count)
    {
        var random = new Random(1);
        var buffer = new PinnedBuffer<float>(count);
        for (nint i = 0; i < count; i++)
            buffer.Pointer[i] = (float)(random.NextDouble() - 0.5);
        return buffer;
    }
}
