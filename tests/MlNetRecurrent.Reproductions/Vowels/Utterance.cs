using System.Globalization;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Reproductions.Vowels;

/// <summary>
/// Two vowels spoken by one of nine speakers, as 7 to 29 steps of 12 cepstral coefficients (Kudo, Toyama and Shimbo 1999).
/// </summary>
internal sealed class Utterance
{
    public string Label { get; set; } = "";

    [VectorType(0, 12)]
    public float[] Features { get; set; } = [];

    /// <summary>Reads the lines of a file: speaker, tab, steps separated by semicolons, and coefficients separated by commas.</summary>
    public static Utterance[] Read(string path) => [.. File.ReadLines(path).Select(line => line.Split('\t')).Select(parts => new Utterance
    {
        Label = parts[0],
        Features = [.. parts[1].Split(';', ',').Select(number => float.Parse(number, CultureInfo.InvariantCulture))],
    })];
}
