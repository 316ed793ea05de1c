using System.Runtime.Intrinsics.X86;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Files;

/// <summary>Models that the first version wrote, in the time zone of New York, and the scores that it gave.</summary>
public sealed class OldFileTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "tests", "MlNetRecurrent.Tests", "Files", "Old");

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Models =>
    [
        .. Directory.GetFiles(_folder, "*.zip").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_of_the_first_version_gives_the_same_scores_bit_for_bit(string name)
    {
        IDataView scored = Load(name).Transform(_ml.Data.LoadFromEnumerable(OldRow.Generate()));
        IEnumerable<float> scores = scored.Schema["Score"].Type is VectorDataViewType
            ? scored.GetColumn<float[]>("Score").SelectMany(row => row)
            : scored.GetColumn<float>("Score");
        string prefix = name + " ";
        string line = File.ReadLines(Path.Combine(_folder, "scores.txt"))
            .Single(line => line.StartsWith(prefix, StringComparison.Ordinal));
        string expected = line[prefix.Length..];
        uint[] bits = [.. expected.Split(' ').Select(text => Convert.ToUInt32(text, 16))];
        if (Fma.IsSupported)
            Assert.Equal(bits, scores.Select(BitConverter.SingleToUInt32Bits));
        else
            Assert.All(bits.Zip(scores), pair => Assert.Equal(BitConverter.UInt32BitsToSingle(pair.First), pair.Second, tolerance: 1e-4f));
    }

    [Fact]
    public void Times_that_were_labels_come_back_tick_for_tick_and_kind_for_kind()
    {
        OldRow[] rows = OldRow.Generate();
        Assert.Equal(
            rows.Take(3).Select(row => (row.Utc.Ticks, DateTimeKind.Utc)),
            KeyValues<DateTime>("classUtc").Select(time => (time.Ticks, time.Kind)));
        Assert.Equal(
            rows.Take(3).Select(row => (row.Local.Ticks, DateTimeKind.Local)),
            KeyValues<DateTime>("classLocal").Select(time => (time.Ticks, time.Kind)));
        Assert.Equal(
            rows.Take(3).Select(row => (row.Plain.Ticks, DateTimeKind.Unspecified)),
            KeyValues<DateTime>("classPlain").Select(time => (time.Ticks, time.Kind)));
        Assert.Equal(
            rows.Take(3).Select(row => (row.Offset.Ticks, row.Offset.Offset)),
            KeyValues<DateTimeOffset>("classOffset").Select(time => (time.Ticks, time.Offset)));
        Assert.Equal(rows.Take(3).Select(row => row.Span), KeyValues<TimeSpan>("classSpan"));
    }

    private T[] KeyValues<T>(string name)
    {
        VBuffer<T> values = default;
        Load(name).GetOutputSchema(_ml.Data.LoadFromEnumerable(OldRow.Generate()).Schema)["PredictedLabel"].GetKeyValues(ref values);
        return [.. values.DenseValues()];
    }

    private ITransformer Load(string name) => _ml.Model.Load(Path.Combine(_folder, name + ".zip"), out _);

    private sealed class OldRow
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        public string[] Words { get; set; } = [];

        public string[] Tags { get; set; } = [];

        public string Text { get; set; } = "";

        public bool Yes { get; set; }

        public float Value { get; set; }

        public float Single0 { get; set; } = 1;

        public string Name { get; set; } = "";

        public int Number { get; set; }

        public DateTime Utc { get; set; }

        public DateTime Local { get; set; }

        public DateTime Plain { get; set; }

        public DateTimeOffset Offset { get; set; }

        public TimeSpan Span { get; set; }

        public float Single { get; set; }

        public static OldRow[] Generate()
        {
            var random = new Random(1);
            return [.. Enumerable.Range(0, 12).Select(i => new OldRow
            {
                Features = [.. Enumerable.Range(0, 2 * (1 + i % 4)).Select(_ => (float)random.NextDouble())],
                Words = [.. Enumerable.Range(0, 1 + i % 4).Select(k => "abc"[(i + k) % 3].ToString())],
                Tags = [.. Enumerable.Range(0, 1 + i % 4).Select(k => k % 2 == 0 ? "X" : "Y")],
                Text = "ab" + i % 3,
                Yes = i % 2 == 0,
                Value = i,
                Name = "N" + i % 3,
                Number = i % 3,
                Utc = new DateTime(2024, 3, 10, 7, 30, 0, DateTimeKind.Utc).AddTicks(i % 3),
                Local = new DateTime(2024, 3, 10, 23, 30, 0, DateTimeKind.Local).AddTicks(i % 3),
                Plain = new DateTime(2024, 3, 10, 23, 30, 0, DateTimeKind.Unspecified).AddTicks(i % 3),
                Offset = new DateTimeOffset(2024, 3, 10, 23, 30, 0, TimeSpan.FromHours(5.5)).AddTicks(i % 3),
                Span = TimeSpan.FromTicks(-1 - i % 3),
                Single = i % 3 == 0 ? -0f : i % 3 == 1 ? float.NaN : float.PositiveInfinity,
            })];
        }
    }
}
