using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Serialization;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>The saved state of an engine: all kinds of columns, and streams that are not what they seem.</summary>
public sealed class EngineStateTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Columns_of_all_kinds_are_saved()
    {
        All[] rows = [.. Enumerable.Range(1, 5).Select(All.Make)];
        ITransformer model = _ml.Transforms.GroupIntoSequences("Group", "Order", ["Value"], [.. All.Scalars])
            .Fit(_ml.Data.LoadFromEnumerable(rows));
        using SequenceEngine<All, Read> before = _ml.Model.CreateSequenceEngine<All, Read>(model);
        using SequenceEngine<All, Read> after = _ml.Model.CreateSequenceEngine<All, Read>(model);
        // The third row stands last.
        foreach (int place in (int[])[4, 0, 1])
            before.Predict(rows[place]);
        using var state = new MemoryStream();
        before.SaveState(state);
        state.Position = 0;
        after.LoadState(state);
        string found = JsonSerializer.Serialize(after.Predict(rows[2])), expected = JsonSerializer.Serialize(before.Predict(rows[2]));
        Assert.Equal(expected, found);
        string[] parts = ["[1,2,3,5]", "text 5", "one 5", "[5,0,-5]", "[5,50]", "+02:00", "2024-01-05T00:00:00Z", "[0,0,5]"];
        foreach (string part in parts)
            Assert.Contains(part, found.Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_of_keys_that_mean_something_else_is_refused()
    {
        using SequenceEngine<Sale, Sold> one = Keyed("A", "B"), same = Keyed("A", "B"), other = Keyed("B", "A");
        one.Predict(new() { Store = "A" });
        using var state = new MemoryStream();
        one.SaveState(state);
        state.Position = 0;
        same.LoadState(state);
        state.Position = 0;
        string message = Assert.Throws<InvalidDataException>(() => other.LoadState(state)).Message;
        Assert.Contains("another model", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("groups", "it has -1 groups")]
    [InlineData("many groups", "rows are missing")]
    [InlineData("use", "the last row of a group was row -1")]
    [InlineData("late use", "the last row of a group was row 9223372036854775807")]
    [InlineData("rows", "a group has 0 rows")]
    [InlineData("orders", "a group has 1 values where its rows have 2")]
    [InlineData("steps", "a group has 3 values where its rows have 4")]
    [InlineData("many steps", "a group has 2147483647 values where its rows have 4")]
    [InlineData("vector", "has 4 values, 0 of them given")]
    [InlineData("values", "has 3 values, 4 of them given")]
    [InlineData("indices", "has one at place 3 after place -1")]
    [InlineData("text", "rows are missing")]
    [InlineData("left over", "rows are left over")]
    [InlineData("date", "it holds a DateTime that cannot be")]
    public void Hostile_groups_are_refused(string fault, string message)
    {
        ITransformer model = _ml.Transforms.GroupIntoSequences("Number", "Time", ["Pair"], ["Sparse", "Price", "Date"])
            .Append(_ml.Transforms.CopyColumns("First", "Pair")).Fit(_ml.Data.LoadFromEnumerable<Dated>([]));
        using SequenceEngine<Dated, GroupedSale> engine = _ml.Model.CreateSequenceEngine<Dated, GroupedSale>(model);
        engine.Predict(new() { Number = 7, Price = "x", Time = 1 });
        GroupedSale expected = engine.Predict(new() { Number = 7, Price = "x", Time = 2 });
        using Stream good = Forge(engine, writer => Write(writer, ""));
        engine.LoadState(good);
        using Stream bad = Forge(engine, writer => Write(writer, fault));
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => engine.LoadState(bad)).Message, StringComparison.Ordinal);
        Assert.Equal([.. expected.First, 0, 0], engine.Predict(new() { Number = 7, Price = "x", Time = 9 }).First);

        static void Write(BinaryWriter writer, string fault)
        {
            writer.Write(fault switch { "groups" => -1, "many groups" => int.MaxValue, _ => 1 });
            writer.Write(7f);
            writer.Write(true);
            writer.Write(fault switch { "use" => -1, "late use" => long.MaxValue, _ => 2 });
            writer.Write(fault == "rows" ? 0 : 2);
            int orders = fault == "orders" ? 1 : 2;
            writer.Write(orders);
            for (int i = 0; i < orders; i++)
                writer.Write(i + 1);
            writer.Write(orders);
            for (int i = 0; i < orders; i++)
                writer.Write((long)i);
            // The column of the groups is read, too.
            writer.Write(new byte[2 * sizeof(float)]);
            writer.Write(fault switch { "steps" => 3, "many steps" => int.MaxValue, _ => 4 });
            writer.Write(new byte[4 * sizeof(float)]);
            for (int row = 0; row < 2; row++)
            {
                writer.Write(fault == "vector" ? 4 : 3);
                writer.Write(fault switch { "indices" => 1, "values" => 4, _ => 0 });
                if (fault == "indices")
                {
                    writer.Write(1f);
                    writer.Write(3);
                }
            }
            for (int row = 0; row < 2; row++)
            {
                writer.Write(fault == "text" ? int.MaxValue : 1);
                writer.Write((short)'x');
            }
            for (int row = 0; row < 2; row++)
                writer.Write(fault == "date" ? 0x3FFF_FFFF_FFFF_FFFF : 0L);
            writer.Write(false);
            if (fault == "left over")
                writer.Write(1);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void A_number_of_rows_that_cannot_be_is_refused(long rows)
    {
        using SequenceEngine<Sale, Sold> engine = Windows(["Sales"]);
        using Stream state = Forge(engine, writer =>
        {
            writer.Write(1);
            writer.Write(7f);
            writer.Write(true);
            writer.Write(1L);
            writer.Write(rows);
            writer.Write(new byte[1000]);
        });
        string message = Assert.Throws<InvalidDataException>(() => engine.LoadState(state)).Message;
        Assert.Contains($"a group has {rows} rows", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_grows_with_the_rows_of_a_state_not_with_its_groups()
    {
        using SequenceEngine<WideRow, Sold> engine = _ml.Model.CreateSequenceEngine<WideRow, Sold>(
            _ml.Transforms.SlidingWindow("First", ["Wide"], 100, groupColumnName: "Number").Fit(_ml.Data.LoadFromEnumerable<WideRow>([])));
        const int groups = 20_000;
        using Stream state = Forge(engine, writer =>
        {
            writer.Write(groups);
            for (int i = 0; i < groups; i++)
            {
                writer.Write((float)i);
                writer.Write(true);
                writer.Write(0L);
                writer.Write(0L);
            }
            writer.Write(false);
        });
        long before = GC.GetAllocatedBytesForCurrentThread();
        engine.LoadState(state);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    /// <summary>A stream with the description of an engine and other rows.</summary>
    private static MemoryStream Forge<TSource, TDestination>(SequenceEngine<TSource, TDestination> engine, Action<BinaryWriter> write)
        where TSource : class
        where TDestination : class, new()
    {
        using var saved = new MemoryStream();
        engine.SaveState(saved);
        saved.Position = 0;
        JsonNode description = JsonNode.Parse(new DescriptionFormat("state").Read(saved))!;
        using var rows = new MemoryStream();
        using (var writer = new BinaryWriter(rows))
            write(writer);
        byte[] bytes = rows.ToArray();
        description["Length"] = bytes.Length;
        description["Crc"] = Crc32.HashToUInt32(bytes);
        var forged = new MemoryStream();
        DescriptionFormat.Write(forged, JsonSerializer.SerializeToUtf8Bytes(description));
        forged.Write(bytes);
        forged.Position = 0;
        return forged;
    }

    private SequenceEngine<Sale, Sold> Windows(string[] inputs) => _ml.Model.CreateSequenceEngine<Sale, Sold>(
        _ml.Transforms.SlidingWindow("First", inputs, 2, groupColumnName: "Number").Fit(_ml.Data.LoadFromEnumerable<Sale>([])));

    private SequenceEngine<Sale, Sold> Keyed(params string[] stores) => _ml.Model.CreateSequenceEngine<Sale, Sold>(
        _ml.Transforms.Conversion.MapValueToKey("Key", "Store")
            .Append(_ml.Transforms.SlidingWindow("First", ["Sales"], 2, groupColumnName: "Key"))
            .Fit(_ml.Data.LoadFromEnumerable(stores.Select(store => new Sale { Store = store }))));

    private sealed class WideRow
    {
        public float Number { get; set; }

        [VectorType(1000)]
        public float[] Wide { get; set; } = new float[1000];
    }

    private sealed class Dated
    {
        public float Number { get; set; }

        public int Time { get; set; }

        public string Price { get; set; } = "";

        [VectorType(2)]
        public float[] Pair { get; set; } = [0, 0];

        [VectorType(3)]
        public VBuffer<float> Sparse { get; set; } = new(3, 0, [], []);

        public DateTime Date { get; set; }
    }

    private sealed class GroupedSale
    {
        public float[] First { get; set; } = [];

        public float[] Sparse { get; set; } = [];

        public string Price { get; set; } = "";

        public DateTime Date { get; set; }
    }

    private class Shared
    {
        public string Text { get; set; } = "";

        public bool Flag { get; set; }

        public DateTime Time { get; set; }

        public DateTimeOffset Offset { get; set; }

        public TimeSpan Span { get; set; }

        public double Double { get; set; }

        public byte Byte { get; set; }

        public ulong Long { get; set; }

        [VectorType(3)]
        public float[] Vector { get; set; } = [];

        [VectorType]
        public int[] Variable { get; set; } = [];

        [VectorType(2)]
        public string[] Texts { get; set; } = [];

        [VectorType(3)]
        public float[] Sparse { get; set; } = [];
    }

    private sealed class All : Shared
    {
        public static IEnumerable<string> Scalars => typeof(Shared).GetProperties().Select(property => property.Name);

        public string Group { get; set; } = "";

        public int Order { get; set; }

        public float Value { get; set; }

        public static All Make(int i) => new()
        {
            Order = i,
            Value = i,
            Text = $"text {i}",
            Flag = i % 2 == 1,
            Time = new(2024, 1, i, 0, 0, 0, DateTimeKind.Utc),
            Offset = new(2024, 1, i, 0, 0, 0, TimeSpan.FromHours(2)),
            Span = TimeSpan.FromHours(i),
            Double = i,
            Byte = (byte)i,
            Long = (ulong)i,
            Group = "group",
            Vector = [i, 0, -i],
            Variable = [i, 10 * i],
            Texts = [$"one {i}", $"two {i}"],
            Sparse = [0, 0, i],
        };
    }

    private sealed class Read : Shared
    {
        public float[] Value { get; set; } = [];
    }
}
