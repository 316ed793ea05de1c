using System.IO.Hashing;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences.Orders;
using MlNetRecurrent.Sequences.Windows;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class SequenceEngineTests
{
    private static readonly string[] _inputs = ["Wind", "Pair"];

    private readonly MLContext _ml = new(seed: 1);
    private readonly Reading[] _table = Reading.Generate(60, 3, seed: 1);

    [Fact]
    public void One_engine_for_all_groups_predicts_what_an_engine_for_each_does()
    {
        using SequenceEngine<Reading, Windowed> engine = Windows();
        using PredictionEngine<Reading, Windowed> plain = _ml.Model.CreatePredictionEngine<Reading, Windowed>(Model());
        Assert.Equal(_table.Select(row => plain.Predict(row).Window), _table.Select(row => engine.Predict(row).Window));
        Assert.Equal(3, engine.NumberOfGroups);
    }

    [Fact]
    public void Reset_forgets_all_rows_or_those_of_a_group()
    {
        using SequenceEngine<Reading, Windowed> engine = Windows();
        float[][] first = [.. _table.Select(row => engine.Predict(row).Window)];
        engine.Reset();
        Assert.Equal(0, engine.NumberOfGroups);
        Assert.Equal(first, _table.Select(row => engine.Predict(row).Window));
        engine.Reset(_table.First(row => row.Entity == "entity 1"));
        Assert.Equal(2, engine.NumberOfGroups);
        Assert.True(float.IsNaN(engine.Predict(Row("entity 1")).Window[0]));
        Assert.False(float.IsNaN(engine.Predict(Row("entity 2")).Window[0]));
    }

    [Fact]
    public void Reset_by_a_row_that_is_out_of_order_forgets_its_group()
    {
        using SequenceEngine<Reading, Windowed> engine = Windows(orderColumnName: "Time");
        foreach (Reading row in _table)
            engine.Predict(row);
        Assert.Throws<InvalidOperationException>(() => engine.Predict(Row("entity 1")));
        engine.Reset(Row("entity 1"));
        engine.Predict(Row("entity 1"));
        Assert.Throws<InvalidOperationException>(() => engine.Predict(Row("entity 2")));
    }

    [Fact]
    public void Groups_whose_last_rows_are_the_oldest_are_forgotten()
    {
        using SequenceEngine<Reading, Windowed> engine = Windows();
        foreach (string entity in (string[])["a", "b", "c", "a", "a", "b"])
            engine.Predict(Row(entity));
        engine.ForgetGroups(numberToKeep: 2);
        Assert.Equal(2, engine.NumberOfGroups);
        Assert.False(float.IsNaN(engine.Predict(Row("b")).Window[0]));
        engine.ForgetGroups(numberToKeep: 1);
        Assert.True(float.IsNaN(engine.Predict(Row("a")).Window[0]));
        engine.ForgetGroups(numberToKeep: 0);
        Assert.Equal(0, engine.NumberOfGroups);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_saved_state_goes_on_in_another_engine(bool groups)
    {
        Func<SequenceEngine<Reading, Windowed>> make = groups ? Groups : () => Windows(orderColumnName: "Time");
        using SequenceEngine<Reading, Windowed> whole = make(), before = make(), after = make();
        _table[7].Entity = "\ud800";
        float[][] expected = [.. _table.Select(row => whole.Predict(row).Window)];
        foreach (Reading row in _table[..31])
            before.Predict(row);
        byte[] state = State(before);
        after.Predict(Row("leftover"));
        after.LoadState(new MemoryStream(state));
        Assert.Equal(before.NumberOfGroups, after.NumberOfGroups);
        Assert.Equal(expected[31..], _table[31..].Select(row => after.Predict(row).Window));
        after.LoadState(new MemoryStream(state));
        Assert.Equal(state, State(after));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_state_of_an_engine_without_rows_is_saved_and_loaded(bool groups)
    {
        Func<SequenceEngine<Reading, Windowed>> make = groups ? Groups : () => Windows(orderColumnName: "Time");
        using SequenceEngine<Reading, Windowed> engine = make(), other = make();
        byte[] empty = State(engine);
        other.Predict(_table[0]);
        other.LoadState(new MemoryStream(empty));
        Assert.Equal(0, other.NumberOfGroups);
        Assert.Equal(empty, State(other));
        // The group that began last is forgotten, others are not.
        engine.Predict(_table[0]);
        engine.Predict(_table[1]);
        engine.Reset(_table[1]);
        other.LoadState(new MemoryStream(State(engine)));
        Assert.Equal(engine.NumberOfGroups, other.NumberOfGroups);
        Assert.Equal(State(engine), State(other));
        Assert.Equal(engine.Predict(_table[2]).Window, other.Predict(_table[2]).Window);
    }

    [Fact]
    public void A_state_with_right_checksums_whose_groups_have_other_rows_than_they_say_is_refused()
    {
        using SequenceEngine<Reading, Windowed> engine = Groups();
        engine.Predict(Row("e"));
        byte[] state = State(engine);
        int length = BitConverter.ToInt32(state);
        string description = Encoding.UTF8.GetString(state, sizeof(int), length);
        byte[] rows = state[(length + 2 * sizeof(int))..];
        // The number of groups, the name of the only one, whether rows are kept, and which was the last one.
        int place = sizeof(int) + sizeof(int) + sizeof(char) + sizeof(bool) + sizeof(long);
        Assert.Equal(1, BitConverter.ToInt32(rows, place));
        foreach (int count in (int[])[-1, 0, 2, int.MaxValue])
        {
            byte[] changed = [.. rows];
            BitConverter.TryWriteBytes(changed.AsSpan(place), count);
            string told = description.Replace($"\"Crc\":{Crc32.HashToUInt32(rows)}", $"\"Crc\":{Crc32.HashToUInt32(changed)}",
                StringComparison.Ordinal);
            byte[] head = Encoding.UTF8.GetBytes(told);
            var damaged = new MemoryStream(
                [.. BitConverter.GetBytes(head.Length), .. head, .. BitConverter.GetBytes(Crc32.HashToUInt32(head)), .. changed]);
            string message = Assert.Throws<InvalidDataException>(() => engine.LoadState(damaged)).Message;
            Assert.StartsWith("The state is damaged: a group has ", message, StringComparison.Ordinal);
        }
        Assert.Equal(state, State(engine));
    }

    [Fact]
    public void A_group_without_rows_takes_no_room_for_them()
    {
        var numbers = new float[10_000];
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = new WindowBuffer(numbers, windowSize: 100, delay: 0, RowOrder.AsRead);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Fact]
    public void A_state_that_is_damaged_or_of_another_model_is_refused_and_changes_nothing()
    {
        using SequenceEngine<Reading, Windowed> engine = Windows(), other = Windows(windowSize: 4);
        foreach (Reading row in _table[..30])
            engine.Predict(row);
        byte[] state = State(engine);
        Assert.Contains("another model", Assert.Throws<InvalidDataException>(() => other.LoadState(new MemoryStream(state))).Message,
            StringComparison.Ordinal);
        for (int place = 0; place < state.Length; place += 7)
        {
            byte[] damaged = [.. state];
            damaged[place] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => engine.LoadState(new MemoryStream(damaged)));
            Assert.Throws<InvalidDataException>(() => engine.LoadState(new MemoryStream(state, 0, place)));
        }
        Assert.Equal(state, State(engine));
    }

    [Fact]
    public void Many_threads_share_an_engine_and_each_group_gets_what_is_its_own()
    {
        using SequenceEngine<Reading, Windowed> engine = Windows();
        Parallel.For(0, 8, user =>
        {
            for (int i = 0; i < 200; i++)
            {
                float[] window = engine.Predict(new() { Entity = $"user {user}", Wind = user, Pair = [i, user] }).Window;
                if (i >= 2)
                    Assert.Equal([user, i - 2, user, user, i - 1, user, user, i, user], window);
            }
        });
        Assert.Equal(8, engine.NumberOfGroups);
    }

    [Fact]
    public void A_loaded_model_with_a_network_remembers_as_well()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(_table);
        ITransformer model = _ml.Transforms.SlidingWindow("Features", _inputs, 3, groupColumnName: "Entity")
            .Append(_ml.Regression.Trainers.Gru("Value", hiddenSize: 2, numberOfEpochs: 1)).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        using SequenceEngine<Reading, Scored> engine =
            new MLContext().Model.CreateSequenceEngine<Reading, Scored>(_ml.Model.Load(stream, out _));
        float[] scores = [.. _table.Select(row => engine.Predict(row).Score)];
        Assert.Equal(6, scores.Count(float.IsNaN));
        Assert.Equal(model.Transform(data).GetColumn<float>("Score"), scores.Where(float.IsFinite));
    }

    private static byte[] State(SequenceEngine<Reading, Windowed> engine)
    {
        using var stream = new MemoryStream();
        engine.SaveState(stream);
        return stream.ToArray();
    }

    private static Reading Row(string entity) => new() { Entity = entity, Wind = 1, Pair = [1, 1] };

    private ITransformer Model(int windowSize = 3, string? orderColumnName = null) =>
        _ml.Transforms.SlidingWindow("Window", _inputs, windowSize, groupColumnName: "Entity", orderColumnName: orderColumnName)
            .Fit(_ml.Data.LoadFromEnumerable(_table));

    private SequenceEngine<Reading, Windowed> Windows(int windowSize = 3, string? orderColumnName = null) =>
        _ml.Model.CreateSequenceEngine<Reading, Windowed>(Model(windowSize, orderColumnName));

    /// <summary>Sequences in the order of a column that does not rise.</summary>
    private SequenceEngine<Reading, Windowed> Groups() => _ml.Model.CreateSequenceEngine<Reading, Windowed>(
        _ml.Transforms.GroupIntoSequences("Entity", "Value", ["Wind"], ["Kind", "Time"])
            .Append(_ml.Transforms.CopyColumns("Window", "Wind")).Fit(_ml.Data.LoadFromEnumerable(_table)));

    private sealed class Scored
    {
        public float Score { get; set; }
    }
}
