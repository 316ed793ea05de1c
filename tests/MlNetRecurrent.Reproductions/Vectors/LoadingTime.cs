using System.Diagnostics;
using System.Globalization;
using MlNetRecurrent.Reproductions.Running;

namespace MlNetRecurrent.Reproductions.Vectors;

/// <summary>The time to load a file of vectors as large as a small dictionary.</summary>
internal static class LoadingTime
{
    private const int Words = 10_000, Size = 50;

    public static Figure Measure(string path)
    {
        var random = new Random(1);
        File.WriteAllLines(path, Enumerable.Range(0, Words).Select(word => $"word{word} {string.Join(' ', Numbers())}"));
        var watch = Stopwatch.StartNew();
        EmbeddingVectors vectors = EmbeddingVectors.Load(path);
        return new("seconds to load a larger file", watch.Elapsed.TotalSeconds, "F2")
        {
            Bar = Bar.Below(1),
            How = $"{vectors}, {new FileInfo(path).Length / 1e6:F1} MB",
        };

        IEnumerable<string> Numbers() =>
            Enumerable.Range(0, Size).Select(_ => (random.NextDouble() - 0.5).ToString("F6", CultureInfo.InvariantCulture));
    }
}
