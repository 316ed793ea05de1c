using System.Globalization;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Digits;

/// <summary>A spoken digit (free-spoken-digit-dataset), as frames of 20 mel bands, one each 10 ms, in decibels.</summary>
internal sealed class SpokenDigit
{
    public const int Bands = 20;

    public string Label { get; set; } = "";

    /// <summary>Which recording of this digit by this speaker.</summary>
    public int Number { get; set; }

    [VectorType(0, Bands)]
    public float[] Features { get; set; } = [];

    /// <summary>
    /// The recordings listed in an index (digit, speaker, number, split, frames, offset), with their frames. A byte counts half decibels
    /// above -20.
    /// </summary>
    public static SpokenDigit[] Read(string folder)
    {
        byte[] frames = File.ReadAllBytes(Path.Combine(folder, "logmel20.u8"));
        IEnumerable<string[]> lines = File.ReadLines(Path.Combine(folder, "logmel20.index.tsv")).Skip(1).Select(line => line.Split('\t'));
        return [.. lines.Select(parts => new SpokenDigit
        {
            Label = parts[0],
            Number = Integer(parts[2]),
            Features = [.. frames.AsSpan(Integer(parts[5]), Bands * Integer(parts[4])).ToArray().Select(value => value / 2f - 20)],
        })];
    }

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
