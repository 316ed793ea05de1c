using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>What ML.NET makes of views, it makes of scored ones too, before the scores and after them: each row keeps its own.</summary>
public sealed class ViewContractTests
{
    private const int Count = 150;

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, string> Cases => ContractCase.Some;

    /// <summary>Every kind of column, with the tasks in turn.</summary>
    public static TheoryData<string, string> ColumnCases => [.. FeatureColumn.Kinds.Keys.Select(
        (column, i) => (ContractCase.TrainersWithOptions[i % ContractCase.TrainersWithOptions.Count], column))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_row_has_the_same_scores_whatever_is_done_with_the_view_before_or_after(string trainer, string column)
    {
        var @case = new ContractCase(_ml, trainer, column);
        RecurrentTransformer model = @case.Fit();
        IDataView data = @case.Data(Count);
        Dictionary<int, object[]> all = ByNumber(model.Transform(data));
        Changed("Cache", Count, view => _ml.Data.Cache(view));
        Changed("ShuffleRows", Count, view => _ml.Data.ShuffleRows(view, seed: 1));
        Changed(
            "FilterRowsByColumn", 30, view => _ml.Data.FilterRowsByColumn(view, "Weight", lowerBound: 0.7, upperBound: 1.2), atLeast: true);
        Changed("TakeRows", 70, view => _ml.Data.TakeRows(view, 70));
        Changed("SkipRows", Count - 70, view => _ml.Data.SkipRows(view, 70));

        void Changed(string name, int count, Func<IDataView, IDataView> change, bool atLeast = false)
        {
            foreach (Dictionary<int, object[]> rows in (Dictionary<int, object[]>[])[
                ByNumber(model.Transform(change(data))), ByNumber(change(model.Transform(data)))])
            {
                Assert.True(rows.Count == count || (atLeast && rows.Count > count && rows.Count < Count), $"{name} has {rows.Count} rows.");
                foreach ((int number, object[] row) in rows)
                    Assert.True(Rows.AreEqual(all[number], row), $"{name}, row {number}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ColumnCases))]
    public void Each_row_has_the_same_scores_when_the_view_is_saved_and_loaded_before_or_after(string trainer, string column)
    {
        var @case = new ContractCase(_ml, trainer, column);
        RecurrentTransformer model = @case.Fit();
        IDataView data = @case.Data(Count), scored = model.Transform(data);
        Rows.AssertEqual(Visible(scored), Visible(model.Transform(SaveAndLoad(data))));
        Rows.AssertEqual(Visible(scored), Visible(SaveAndLoad(scored)));
        Assert.Equal(scored.Schema["Score"].Type, SaveAndLoad(scored).Schema["Score"].Type);
    }

    [Fact]
    public void Rows_are_filtered_by_their_scores()
    {
        var @case = new ContractCase(_ml, "Regression.Lstm", "Vector<Single, *, 2>");
        IDataView scored = @case.Fit().Transform(@case.Data(Count));
        float[] scores = [.. scored.GetColumn<float>("Score")];
        float median = scores.Order().ElementAt(Count / 2);
        IDataView filtered = _ml.Data.FilterRowsByColumn(scored, "Score", upperBound: median);
        Assert.Equal(Enumerable.Range(0, Count).Where(number => scores[number] < median), filtered.GetColumn<int>("Number"));
    }

    private IDataView SaveAndLoad(IDataView view)
    {
        using var stream = new MemoryStream();
        _ml.Data.SaveAsBinary(view, stream);
        return _ml.Data.LoadFromBinary(new MemorySource(stream.ToArray()));
    }

    /// <summary>The columns that are not hidden, in the order of their names.</summary>
    private static object[][] Visible(IDataView view) => Rows.Of(view, VisibleColumns(view));

    private static Dictionary<int, object[]> ByNumber(IDataView view)
    {
        int number = Array.FindIndex(VisibleColumns(view), column => column.Name == "Number");
        return Visible(view).ToDictionary(row => (int)row[number]);
    }

    private static DataViewSchema.Column[] VisibleColumns(IDataView view) =>
        [.. view.Schema.Where(column => !column.IsHidden).OrderBy(column => column.Name, StringComparer.Ordinal)];
}
