namespace MlNetRecurrent.Engine.Workers;

/// <summary>
/// Derives independent seeds for independent purposes from the seed of the user, so that a checkpoint needs no state of random numbers.
/// </summary>
internal static class SeedSequence
{
    public const int Weights = 1;
    public const int Shuffle = 2;
    public const int Dropout = 3;
    public const int Split = 4;
    public const int WeightNoise = 5;
    public const int Tokens = 6;

    /// <summary>2⁶⁴ over the golden ratio: the step of SplitMix64.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15UL;

    /// <summary>
    /// The seed for a purpose at an epoch (or another counter): SplitMix64 (Steele, Lea and Flood 2014) over the three numbers.
    /// </summary>
    public static int Derive(int seed, int purpose, int counter = 0)
    {
        ulong state = Mix((uint)seed + Golden);
        state = Mix(state + (uint)purpose + Golden);
        state = Mix(state + (uint)counter + Golden);
        return (int)(state >> 33);
    }

    /// <summary>Turns numbers that differ little into numbers that differ in half of their bits.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
