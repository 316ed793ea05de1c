namespace MlNetRecurrent.Reproductions.Defaults.Sets;

/// <summary>What the sets that are made share.</summary>
internal static class Generator
{
    private const int TestRows = 1000;

    /// <param name="name">The name of the set.</param>
    /// <param name="task">What it asks for.</param>
    /// <param name="features">Numbers a step; 0 where steps are tokens.</param>
    /// <param name="rows">Rows to learn from.</param>
    /// <param name="example">Makes a row from its number.</param>
    public static SuiteSet Make(
        string name, SuiteTask task, int features, int rows, Func<Random, int, Example> example) => new(name, task, features, seed =>
    {
        var random = new Random(1000 + seed);
        Example[] all = [.. Enumerable.Range(0, rows + TestRows).Select(row => example(random, row))];
        Example[] training = all[..rows];
        random.Shuffle(training);
        return new(training, all[rows..]);
    });

    /// <summary>Independent numbers of a normal distribution around 0.</summary>
    public static float[] Noise(Random random, int count, double deviation)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (float)(deviation * Normal(random));
        return numbers;
    }

    /// <summary>A number of the standard normal distribution.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
}
