using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>A row of a table with several series, and with sequences of its own.</summary>
internal sealed class TableRow
{
    public string Group { get; set; } = "";

    public float Time { get; set; }

    public int Number { get; set; }

    public float A { get; set; }

    public float B { get; set; }

    [VectorType(2)]
    public float[] Numbers { get; set; } = [];

    [KeyType(4)]
    public uint Key { get; set; }

    [KeyType(4)]
    public uint[] Keys { get; set; } = [];

    public string Name { get; set; } = "";

    [VectorType(0, 2)]
    public float[] Steps { get; set; } = [];

    public static IDataView Load(MLContext ml) => ml.Data.LoadFromEnumerable(Generate());

    private static TableRow[] Generate()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 24).Select(i => new TableRow
        {
            Group = "g" + i / 9,
            Time = i + (i % 7 == 3 ? 1 : 0),
            Number = 2 * i,
            A = random.NextSingle(),
            B = 10 * random.NextSingle(),
            Numbers = [random.NextSingle(), -random.NextSingle()],
            Key = (uint)random.Next(4),
            Keys = [.. Enumerable.Range(0, 2 + i % 5).Select(_ => (uint)random.Next(5))],
            Name = string.Concat(Enumerable.Range(0, 1 + i % 4).Select(_ => "abcdefghij"[random.Next(10)])),
            Steps = [.. Enumerable.Range(0, 2 * (2 + i % 5)).Select(_ => random.NextSingle())],
        })];
    }
}
