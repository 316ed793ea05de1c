using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>Numbers as text, to the last bit.</summary>
internal static class Bits
{
    public static string Write(IEnumerable<float> numbers) =>
        string.Join(' ', numbers.Select(number => BitConverter.SingleToUInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture)));

    public static float[] Read(string text) =>
        text.Length == 0 ? [] : [.. text.Split(' ').Select(bits => BitConverter.UInt32BitsToSingle(Convert.ToUInt32(bits, 16)))];

    public static string Hash(float[] numbers) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes<float>(numbers)).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Checks that numbers are those that were frozen, bit for bit. Without fused multiply-add the last bits differ.</summary>
    public static void AssertSame(string frozen, IReadOnlyCollection<float> found)
    {
        if (Fma.IsSupported)
            Assert.Equal(frozen, Write(found));
        float[] expected = Read(frozen);
        Assert.Equal(expected.Length, found.Count);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4f * Math.Max(1, Math.Abs(pair.First))));
    }
}
