namespace MlNetRecurrent.Data;

/// <summary>
/// The value that fills a window with too few rows: a NaN with its own payload, as R marks missing values. Copies and arithmetic preserve
/// the payload, so a scorer can distinguish it from missing values in the data.
/// </summary>
internal static class IncompleteWindow
{
    private const uint PayloadMask = 0x7FFFFF, Payload = 0x4057AF;

    public static float Mark { get; } = BitConverter.UInt32BitsToSingle(0x7F800000 | Payload);

    /// <summary>Whether a sequence contains the value.</summary>
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
