using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Yes or no in every type that a binary label may have: whether the first number is the larger one.</summary>
internal sealed class Answer
{
    public float[] Features { get; set; } = [];

    public bool Boolean { get; set; }

    public float Number { get; set; }

    public string Text { get; set; } = "";

    [KeyType(2)]
    public byte ByteKey { get; set; }

    [KeyType(2)]
    public uint UInt32Key { get; set; }

    [KeyType(2)]
    public ulong UInt64Key { get; set; }

    /// <param name="count">Rows.</param>
    /// <param name="wrong">Of so many rows one has the wrong label; 0 for none.</param>
    public static Answer[] Generate(int count, int wrong = 0)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            float[] features = [random.NextSingle(), random.NextSingle()];
            bool answer = features[0] > features[1] != (wrong > 0 && i % wrong == 0);
            // LoadFromEnumerable counts the keys of members from 0, and takes what is too large for missing.
            return new Answer
            {
                Features = features,
                Boolean = answer,
                Number = answer ? 1 : 0,
                Text = answer ? "good" : "bad",
                ByteKey = (byte)(answer ? 1 : 0),
                UInt32Key = answer ? 1u : 0,
                UInt64Key = answer ? 1ul : 0,
            };
        })];
    }

    public Answer WithoutLabel() => new()
    {
        Features = Features,
        Number = float.NaN,
        ByteKey = byte.MaxValue,
        UInt32Key = uint.MaxValue,
        UInt64Key = ulong.MaxValue,
    };
}
