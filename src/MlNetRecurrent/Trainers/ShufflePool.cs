namespace MlNetRecurrent.Trainers;

/// <summary>The number of rows of streamed data that are shuffled together by default.</summary>
internal static class ShufflePool
{
    /// <summary>The memory of the rows.</summary>
    private const long Bytes = 64 << 20;

    /// <summary>The memory of a sequence beside its steps.</summary>
    private const int BytesOfASequence = 64;

    /// <summary>The number of rows of average length that fill the memory.</summary>
    public static int SizeFor(DataStatistics data, NetworkDefinition network)
    {
        int numbersOfAStep = network.EveryStep ? 1 : 0;
        foreach (InputField field in network.InputFields)
            numbersOfAStep += field.IsStatic ? 0 : field.HasTokens ? 1 : field.Size;
        double bytes = BytesOfASequence + sizeof(float) * numbersOfAStep * ((double)data.Steps / data.Count);
        return (int)Math.Clamp(Bytes / bytes, 1, int.MaxValue);
    }
}
