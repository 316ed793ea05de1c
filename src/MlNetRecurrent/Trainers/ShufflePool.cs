using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent.Trainers;

/// <summary>How many rows of streamed data are shuffled together where the user does not say it.</summary>
internal static class ShufflePool
{
    /// <summary>The memory that they may take.</summary>
    private const long Bytes = 64 << 20;

    /// <summary>What a sequence takes beside its steps.</summary>
    private const int BytesOfASequence = 64;

    /// <summary>So many rows as fill the memory, if they are as long as rows are on the average.</summary>
    public static int SizeFor(DataStatistics data, NetworkDefinition network)
    {
        int numbersOfAStep = (network.Tokens > 0 ? 1 : network.Features) + (network.EveryStep ? 1 : 0);
        double bytes = BytesOfASequence + sizeof(float) * numbersOfAStep * ((double)data.Steps / data.Count);
        return (int)Math.Clamp(Bytes / bytes, 1, int.MaxValue);
    }
}
