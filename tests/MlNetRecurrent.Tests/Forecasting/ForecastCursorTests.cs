using Microsoft.ML;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>However a table with forecasts is read, its rows are the same.</summary>
public sealed class ForecastCursorTests
{
    /// <summary>Rows are scored 1024 together.</summary>
    private const int Days = 1500;

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_long_table_has_the_forecasts_of_its_parts(bool isInterleaved, bool knowsAhead)
    {
        ForecastRow[] rows = ForecastRow.Generate(2, Days);
        if (isInterleaved)
            rows = ForecastRow.Interleave(rows);
        ForecastTransformer model = Fit(knowsAhead);
        float[][] all = ForecastTraining.Forecasts(_ml, model, rows);
        Assert.Equal(2 * Days, all.Length);
        foreach (int days in (int[])[1, 511, 512, 1024, 1025, 1400])
        {
            float[][] part = ForecastTraining.Forecasts(_ml, model, rows.Where(row => row.Day < days));
            int complete = days - (knowsAhead ? ForecastTraining.Horizon : 0);
            Assert.Equal(
                all.Where((_, place) => rows[place].Day < complete),
                part.Zip(rows.Where(row => row.Day < days)).Where(pair => pair.Second.Day < complete).Select(pair => pair.First));
        }
    }

    [Fact]
    public void A_cursor_over_one_column_gives_what_a_cursor_over_all_gives()
    {
        IDataView scored = Score();
        object[][] all = Rows.Of(scored);
        foreach (DataViewSchema.Column only in scored.Schema)
            Rows.AssertEqual([.. all.Select(row => new[] { row[only.Index] })], Rows.Of(scored, only));
        using DataViewRowCursor none = scored.GetRowCursor([]);
        Assert.Equal(all.Length, Rows.Of(none).Length);
        Rows.AssertEqual(all, Rows.Of(scored));
    }

    [Fact]
    public void The_cursors_of_a_set_give_every_row_once_and_in_order()
    {
        IDataView scored = Score();
        DataViewRowCursor[] cursors = scored.GetRowCursorSet(scored.Schema, n: 3, new Random(1));
        Rows.AssertEqual(Rows.Of(scored), [.. cursors.SelectMany(cursor => Rows.Of(cursor, [.. scored.Schema]))]);
        Array.ForEach(cursors, cursor => cursor.Dispose());
        using DataViewRowCursor shuffled = scored.GetRowCursor(scored.Schema, new Random(1));
        Rows.AssertEqual(Rows.Of(scored), Rows.Of(shuffled, [.. scored.Schema]));
        Assert.False(scored.CanShuffle);
    }

    [Fact]
    public void Two_cursors_at_once_do_not_disturb_each_other()
    {
        IDataView scored = Score();
        object[][] all = Rows.Of(scored);
        using DataViewRowCursor one = scored.GetRowCursor(scored.Schema), other = scored.GetRowCursor(scored.Schema);
        DataViewSchema.Column forecast = scored.Schema["Forecast"];
        Func<object> ofOne = Rows.Getter(one, forecast), ofOther = Rows.Getter(other, forecast);
        var random = new Random(1);
        while (one.MoveNext())
        {
            while (random.Next(2) == 0 && other.MoveNext())
                Assert.True(Rows.AreEqual(all[other.Position][forecast.Index], ofOther()));
            Assert.True(Rows.AreEqual(all[one.Position][forecast.Index], ofOne()));
            Assert.True(Rows.AreEqual(all[one.Position][forecast.Index], ofOne()));
        }
    }

    [Fact]
    public void A_value_without_a_row_is_an_error()
    {
        IDataView scored = Score();
        using DataViewRowCursor cursor = scored.GetRowCursor(scored.Schema);
        Func<object> forecast = Rows.Getter(cursor, scored.Schema["Forecast"]);
        Assert.Throws<InvalidOperationException>(forecast);
        while (cursor.MoveNext())
            continue;
        Assert.Throws<InvalidOperationException>(forecast);
    }

    [Fact]
    public void A_long_series_is_read_ahead_by_no_more_than_what_is_scored_together()
    {
        long read = 0;
        IEnumerable<ForecastRow> Counted()
        {
            foreach (ForecastRow row in ForecastRow.Generate(1, 5000))
            {
                read++;
                yield return row;
            }
        }
        IDataView scored = Fit(knowsAhead: true).Transform(_ml.Data.LoadFromEnumerable(new Lazily<ForecastRow>(Counted)));
        using DataViewRowCursor cursor = scored.GetRowCursor([scored.Schema["Forecast"]]);
        Assert.True(cursor.MoveNext());
        Assert.InRange(read, 1024, 1100);
    }

    private IDataView Score() => Fit(knowsAhead: true).Transform(
        _ml.Data.LoadFromEnumerable(ForecastRow.Interleave(ForecastRow.Generate(3, 400))));

    private ForecastTransformer Fit(bool knowsAhead) => ForecastTraining.Fit(
        _ml,
        ForecastTraining.With(options =>
        {
            options.Quantiles = [0.1, 0.9];
            options.KnownAheadColumnNames = knowsAhead ? ["Price"] : [];
        }),
        ForecastRow.Generate(2, 30));

    /// <summary>Rows that are made while they are read.</summary>
    private sealed class Lazily<T>(Func<IEnumerable<T>> rows) : IEnumerable<T>
    {
        public IEnumerator<T> GetEnumerator() => rows().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
