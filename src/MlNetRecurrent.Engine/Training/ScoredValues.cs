namespace MlNetRecurrent.Engine.Training;

/// <summary>Buffers of values that are computed for the sequences that are scored together.</summary>
internal static class ScoredValues
{
    /// <summary>Makes a buffer large enough.</summary>
    /// <param name="values">The buffer.</param>
    /// <param name="size">The number of values of a step.</param>
    /// <param name="rows">The number of steps.</param>
    /// <exception cref="InvalidOperationException">No array is so large.</exception>
    public static void MakeRoom(ref float[] values, int size, int rows)
    {
        long length = (long)rows * size;
        if (length > Array.MaxLength)
        {
            throw new InvalidOperationException(
                $"The outputs of {rows} steps, {size} for each, are more than the {Array.MaxLength} numbers that are possible. "
                + "Shorter sequences have fewer.");
        }
        if (values.Length < length)
            values = new float[length];
    }
}
