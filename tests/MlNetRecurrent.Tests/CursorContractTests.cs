using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>A scored view may be read in any way that ML.NET's components read views: each row keeps its own values.</summary>
public sealed class CursorContractTests
{
    /// <summary>More than are scored at once, so that there is a second and a third batch.</summary>
    private const int Count = 150;

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string> Cases => ContractCase.Some;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_cursor_over_one_column_gives_what_a_cursor_over_all_gives(string trainer, string column)
    {
        IDataView scored = Score(trainer, column);
        object[][] all = Rows.Of(scored);
        foreach (DataViewSchema.Column only in scored.Schema.Where(IsInteresting))
        {
            Rows.AssertEqual([.. all.Select(row => new[] { row[only.Index] })], Rows.Of(scored, only));
            using DataViewRowCursor cursor = scored.GetRowCursor([only]);
            Assert.Equal([only.Index], scored.Schema.Where(cursor.IsColumnActive).Select(active => active.Index));
            DataViewSchema.Column other = scored.Schema.First(inactive => inactive.Index != only.Index);
            string message = Assert.ThrowsAny<ArgumentException>(() => Rows.Getter(cursor, other)).Message;
            Assert.Contains(other.Name, message, StringComparison.Ordinal);
        }
        using DataViewRowCursor none = scored.GetRowCursor([]);
        Assert.Equal(Count, Rows.Of(none).Length);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_cursors_of_a_set_give_every_row_once(string trainer, string column)
    {
        IDataView scored = Score(trainer, column);
        object[][] all = Rows.Of(scored);
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(scored.Schema, n: 3);
        Assert.Equal(3, cursors.Length);
        object[][][] parts = new object[3][][];
        Parallel.For(0, 3, i => parts[i] = Rows.Of(cursors[i], [.. scored.Schema]));
        Rows.AssertEqual(all, InOrder(scored, parts.SelectMany(rows => rows)));
        Array.ForEach(cursors, cursor => cursor.Dispose());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_shuffling_cursor_gives_the_same_rows_in_another_order(string trainer, string column)
    {
        IDataView scored = Score(trainer, column);
        object[][] all = Rows.Of(scored);
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema, new Random(1));
        object[][] shuffled = Rows.Of(cursor, [.. scored.Schema]);
        Assert.True(scored.CanShuffle);
        Assert.NotEqual(Enumerable.Range(0, Count), shuffled.Select(row => (int)row[scored.Schema["Number"].Index]));
        Rows.AssertEqual(all, InOrder(scored, shuffled));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_cursors_at_once_do_not_disturb_each_other_however_their_getters_are_called(string trainer, string column)
    {
        IDataView scored = Score(trainer, column);
        object[][] all = Rows.Of(scored);
        DataViewSchema.Column[] columns = [.. scored.Schema.Where(IsInteresting)];
        using DataViewRowCursor one = scored.GetRowCursor(scored.Schema), other = scored.GetRowCursor(columns);
        Func<object>[] ofOne = Array.ConvertAll(columns, read => Rows.Getter(one, read));
        Func<object>[] ofOther = Array.ConvertAll(columns, read => Rows.Getter(other, read));
        var random = new Random(1);
        for (bool moved = true; moved;)
        {
            moved = Step(one, ofOne);
            moved |= random.Next(3) > 0 && Step(other, ofOther);
        }
        while (Step(other, ofOther))
            continue;

        bool Step(DataViewRowCursor cursor, Func<object>[] getters)
        {
            if (!cursor.MoveNext())
                return false;
            // Of some rows nothing is read, of the others anything in any order, some of it twice.
            for (int reads = random.Next(2) * 6; reads > 0; reads--)
            {
                int i = random.Next(columns.Length);
                object expected = all[cursor.Position][columns[i].Index], found = getters[i]();
                Assert.True(Rows.AreEqual(expected, found), $"Row {cursor.Position}, column '{columns[i].Name}'");
            }
            return true;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Position_batch_and_id_are_those_of_the_input(string trainer, string column)
    {
        // ML.NET's batches end where ours do not.
        var @case = new ContractCase(_ml, trainer, column);
        IDataView data = _ml.Data.FilterRowsByColumn(@case.Data(Count), "Weight", lowerBound: 0.6), scored = @case.Fit().Transform(data);
        using DataViewRowCursor input = data.GetRowCursor(data.Schema), output = scored.GetRowCursor(scored.Schema);
        ValueGetter<DataViewRowId> inputId = input.GetIdGetter(), outputId = output.GetIdGetter();
        DataViewRowId expected = default, found = default;
        Assert.Equal(-1, output.Position);
        HashSet<long> batches = [];
        for (int position = 0; input.MoveNext(); position++)
        {
            Assert.True(output.MoveNext());
            inputId(ref expected);
            outputId(ref found);
            Assert.Equal((position, input.Batch, expected), (output.Position, output.Batch, found));
            batches.Add(input.Batch);
        }
        Assert.True(batches.Count > 1);
        Assert.False(output.MoveNext());
        Assert.Equal(-1, output.Position);
    }

    /// <summary>The model's columns, and some of the input.</summary>
    private static bool IsInteresting(DataViewSchema.Column column) => column.Name
        is "Score" or "PredictedLabel" or "Probability" or "Encoding" or "Actions" or "Features" or "Text" or "Number";

    private IDataView Score(string trainer, string column)
    {
        var @case = new ContractCase(_ml, trainer, column);
        return @case.Fit().Transform(_ml.Data.Cache(@case.Data(Count)));
    }

    private static object[][] InOrder(IDataView view, IEnumerable<object[]> rows) =>
        [.. rows.OrderBy(row => (int)row[view.Schema["Number"].Index])];
}
