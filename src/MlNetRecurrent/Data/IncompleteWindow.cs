namespace MlNetRecurrent.Data;

/// <summary>
/// The number that fills a window which has too few rows: a NaN with a payload of its own, as R marks a missing value. Copies and
/// arithmetic keep the payload, so that a scorer tells it from a missing value of the data.
/// </summary>
internal static class IncompleteWindow
{
    private const uint PayloadMask = 0x7FFFFF, Payload = 0x4057AF;

    public static float Mark { get; } = BitConverter.UInt32BitsToSingle(0x7F800000 | Payload);

    /// <summary>Whether a sequence holds numbers of such a window.</summary>
    public static bool IsIn(ReadOnlySpan<float> numbers)
    {
        foreach (float number in numbers)
        {
            // Arithmetic may change the sign.
            if (float.IsNaN(number) && (BitConverter.SingleToUInt32Bits(number) & PayloadMask) == Payload)
                return true;
        }
        return false;
    }
}
