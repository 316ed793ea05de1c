using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>Groups and windows keep what they read, not where they read it.</summary>
public sealed class GroupedTextTests
{
    private static readonly (string Group, string Word)[] _rows = [("north", "rain"), ("south", "sun"), ("north", "fog"), ("east", "snow"),
        ("south", "hail"), ("north", "sun")];

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Text_of_every_column_of_a_group_is_that_of_its_rows()
    {
        ITransformer grouping = _ml.Transforms.GroupIntoSequences("Group", null, ["Word", "Twice"]).Fit(new ReusedText(_rows));
        object[][] expected =
        [
            .. _rows.GroupBy(row => row.Group)
                .Select(group => (object[])[group.Key, group.Select(row => row.Word).ToArray(),
                group.SelectMany(row => (string[])[row.Word, row.Word]).ToArray()]),
        ];
        AssertRows(expected, grouping.Transform(new ReusedText(_rows)));
    }

    [Fact]
    public void Text_of_a_column_of_which_the_last_row_is_kept_is_that_of_the_last_row()
    {
        ITransformer grouping = _ml.Transforms.GroupIntoSequences("Group", null, ["Length"], ["Word"]).Fit(new ReusedText(_rows));
        object[][] expected = [.. _rows.GroupBy(row => row.Group)
            .Select(group => (object[])[group.Key, group.Select(row => (float)row.Word.Length).ToArray(), group.Last().Word])];
        AssertRows(expected, grouping.Transform(new ReusedText(_rows)));
    }

    [Fact]
    public void Groups_that_follow_one_another_are_told_apart_by_what_was_read()
    {
        (string Group, string Word)[] rows = [.. _rows.OrderBy(row => row.Group)];
        ITransformer grouping = _ml.Transforms.GroupIntoSequences("Group", null, ["Word"], groupsAreContiguous: true)
            .Fit(new ReusedText(rows));
        AssertRows([.. rows.GroupBy(row => row.Group).Select(group => (object[])[group.Key, group.Select(row => row.Word).ToArray()])],
            grouping.Transform(new ReusedText(rows)));
    }

    [Fact]
    public void Windows_of_groups_hold_the_numbers_of_their_group()
    {
        ITransformer windows = _ml.Transforms.SlidingWindow("Window", ["Length"], 2, groupColumnName: "Group").Fit(new ReusedText(_rows));
        IDataView view = windows.Transform(new ReusedText(_rows));
        Assert.Equal([[4, 3], [3, 4], [3, 3]], view.GetColumn<float[]>("Window"));
    }

    [Fact]
    public void Each_row_of_groups_has_an_identity_of_its_own_and_the_same_each_time()
    {
        IDataView view = _ml.Transforms.GroupIntoSequences("Group", null, ["Word"]).Fit(new ReusedText(_rows))
            .Transform(new ReusedText(_rows));
        DataViewRowId[] Ids()
        {
            using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
            ValueGetter<DataViewRowId> getter = cursor.GetIdGetter();
            var ids = new List<DataViewRowId>();
            while (cursor.MoveNext())
            {
                DataViewRowId id = default;
                getter(ref id);
                ids.Add(id);
            }
            return [.. ids];
        }
        Assert.Equal(3, Ids().Distinct().Count());
        Assert.Equal(Ids(), Ids());
    }

    private static void AssertRows(object[][] expected, IDataView view) => Rows.AssertEqual(expected, Rows.Of(view));
}
