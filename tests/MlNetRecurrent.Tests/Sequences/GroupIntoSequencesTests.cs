using System.Runtime.CompilerServices;
using FsCheck.Fluent;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class GroupIntoSequencesTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Groups_are_those_of_a_naive_program_and_hold_all_rows()
    {
        var cases =
            from seed in Properties.Between(0, 1 << 20)
            from rows in Properties.Between(0, 60)
            from entities in Properties.Between(1, 6)
            from sorts in Properties.Between(0, 1)
            from contiguous in Properties.Between(0, 1)
            select (seed, rows, entities, sorts, contiguous);
        Properties.Hold(cases, test =>
        {
            Reading[] table = Reading.Generate(test.rows, test.entities, test.seed);
            new Random(test.seed).Shuffle(table);
            if (test.contiguous == 1)
                table = [.. table.GroupBy(row => row.Entity).SelectMany(group => group)];
            IDataView view = Group(_ml.Data.LoadFromEnumerable(table), test.sorts == 1 ? "Time" : null, test.contiguous == 1);
            Grouped[] found = [.. _ml.Data.CreateEnumerable<Grouped>(view, reuseRowObject: false)];
            Reading[][] expected = [.. table.GroupBy(row => row.Entity).Select(
                group => test.sorts == 1 ? group.OrderBy(row => row.Time).ToArray() : group.ToArray())];
            Assert.Equal(expected.Select(group => group[0].Entity), found.Select(row => row.Entity));
            Assert.Equal(expected.Select(group => group.Select(row => row.Wind).ToArray()), found.Select(row => row.Wind));
            Assert.Equal(expected.Select(group => group.SelectMany(row => row.Pair).ToArray()), found.Select(row => row.Pair));
            Assert.Equal(expected.Select(group => group.Select(row => row.Kind).ToArray()), found.Select(row => row.Kind));
            Assert.Equal(expected.Select(group => group[^1].Answer), found.Select(row => row.Answer));
            // What came out, taken apart again, is what went in.
            Assert.Equal(
                table.Select(row => (row.Entity, row.Wind, row.Kind)).Order(),
                found.SelectMany(row => row.Wind.Zip(row.Kind, (wind, kind) => (row.Entity, wind, kind))).Order());
        });
    }

    [Fact]
    public void Keys_stay_keys_with_their_values_and_vectors_become_steps()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Reading.Generate(30, 3, seed: 1));
        IDataView grouped = Group(_ml.Transforms.Conversion.MapValueToKey("Kind").Fit(rows).Transform(rows), "Time", contiguous: false);
        var kind = (VectorDataViewType)grouped.Schema["Kind"].Type;
        Assert.Equal(3ul, ((KeyDataViewType)kind.ItemType).Count);
        Assert.Equal(Reading.Kinds.Order(), Data.LabelValues.Read(grouped.Schema["Kind"])!.Texts.Order());
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 0, 2), grouped.Schema["Pair"].Type);
        Assert.Equal(["Entity", "Wind", "Pair", "Kind", "Answer"], grouped.Schema.Select(column => column.Name));
    }

    [Fact]
    public void A_prediction_engine_is_fed_rows_and_gives_the_group_so_far()
    {
        Reading[] table = Reading.Generate(40, 3, seed: 2);
        new Random(1).Shuffle(table);
        IDataView data = _ml.Data.LoadFromEnumerable(table);
        using PredictionEngine<Reading, Grouped> engine = _ml.Model.CreatePredictionEngine<Reading, Grouped>(Grouping("Time").Fit(data));
        for (int i = 0; i < table.Length; i++)
        {
            Grouped found = engine.Predict(table[i]);
            Reading[] soFar = [.. table[..(i + 1)].Where(row => row.Entity == table[i].Entity).OrderBy(row => row.Time)];
            Assert.Equal(soFar.Select(row => row.Wind), found.Wind);
            Assert.Equal(soFar.SelectMany(row => row.Pair), found.Pair);
            Assert.Equal(soFar[^1].Answer, found.Answer);
        }
    }

    [Fact]
    public void Rows_out_of_order_are_an_error_where_order_is_checked()
    {
        Reading[] table = Reading.Generate(20, 1, seed: 1);
        (table[7], table[8]) = (table[8], table[7]);
        IDataView data = _ml.Data.LoadFromEnumerable(table);
        IDataView grouped = _ml.Transforms.GroupIntoSequences("Entity", "Time", ["Wind"], checkOrder: true).Fit(data).Transform(data);
        string message = Assert.Throws<InvalidOperationException>(() => grouped.GetColumn<float[]>("Wind").ToArray()).Message;
        Assert.Contains("Row 8 (counted from 0) has 7 in order column 'Time', before the 8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_that_comes_again_is_an_error_where_groups_follow_one_another()
    {
        Reading[] table = [.. Reading.Generate(20, 1, seed: 1), .. Reading.Generate(1, 1, seed: 1)];
        table[10].Entity = "another";
        IDataView data = _ml.Data.LoadFromEnumerable(table);
        string message = Assert.Throws<InvalidOperationException>(
            () => Group(data, null, contiguous: true).GetColumn<float[]>("Wind").ToArray()).Message;
        Assert.Contains("Row 11 (counted from 0)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Entity", "Kind", "Wind", "'Kind' is String; expected a number")]
    [InlineData("Pair", "Time", "Wind", "'Pair' is a vector of Single; expected a scalar")]
    [InlineData("Entity", "Time", "Nothing", "'Nothing' is missing")]
    public void A_column_that_is_missing_or_of_another_kind_is_refused(string group, string order, string sequence, string message)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(9, 1, seed: 1));
        string refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.GroupIntoSequences(group, order, [sequence]).Fit(data)).Message;
        Assert.Contains(message, refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 50)]
    public void Groups_that_follow_one_another_are_not_kept(bool contiguous, int kept)
    {
        Reading[] table = [.. Enumerable.Range(0, 500).Select(
            i => new Reading { Entity = $"{i / 10}", Time = i, Wind = i, Pair = [1, 2] })];
        IDataView data = _ml.Data.LoadFromEnumerable(table);
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        var groups = new List<WeakReference>();
        GroupReader<object> reader = GroupReader<object>.Of(cursor, "Entity", Make, forgets: contiguous);
        while (cursor.MoveNext())
            Read();
        GC.Collect();
        Assert.Equal(50, groups.Count);
        Assert.Equal(kept, groups.Count(group => group.IsAlive));
        GC.KeepAlive(reader);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Read() => Assert.NotNull(reader.Current());

        [MethodImpl(MethodImplOptions.NoInlining)]
        object Make()
        {
            object group = new();
            groups.Add(new(group));
            return group;
        }
    }

    [Fact]
    public void A_column_that_is_named_twice_is_refused()
    {
        string message = Assert.Throws<ArgumentException>(
            () => _ml.Transforms.GroupIntoSequences("Entity", null, ["Wind", "Wind"])).Message;
        Assert.Contains("'Wind' is named twice", message, StringComparison.Ordinal);
    }

    private IEstimator<ITransformer> Grouping(string? order, bool contiguous = false) =>
        _ml.Transforms.GroupIntoSequences("Entity", order, ["Wind", "Pair", "Kind"], ["Answer"], groupsAreContiguous: contiguous);

    private IDataView Group(IDataView data, string? order, bool contiguous) => Grouping(order, contiguous).Fit(data).Transform(data);

    private sealed class Grouped
    {
        public string Entity { get; set; } = "";

        public float[] Wind { get; set; } = [];

        public float[] Pair { get; set; } = [];

        public string[] Kind { get; set; } = [];

        public bool Answer { get; set; }
    }
}
