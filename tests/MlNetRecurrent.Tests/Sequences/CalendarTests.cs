using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class CalendarTests
{
    private const CalendarParts AllParts = CalendarParts.MinuteOfDay | CalendarParts.HourOfDay | CalendarParts.DayOfWeek
        | CalendarParts.DayOfMonth | CalendarParts.DayOfYear | CalendarParts.WeekOfYear | CalendarParts.Month | CalendarParts.Weekend;

    private static readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Numbers_are_those_of_the_calendar()
    {
        Assert.Equal(
            ["MinuteOfDay", "HourOfDay", "DayOfWeek", "DayOfMonth", "DayOfYear", "WeekOfYear", "Month", "Weekend"],
            Names(AllParts, CalendarEncoding.Number));
        Assert.Equal([815, 13, 4, 29, 60, 9, 2, 0], Numbers(AllParts, new(2024, 2, 29, 13, 35, 59)));
        // A Sunday that belongs to the last week of the year before, as ISO 8601 has it.
        Assert.Equal([0, 0, 7, 1, 1, 52, 1, 1], Numbers(AllParts, new(2023, 1, 1)));
        Assert.Equal([1439, 23, 5, 31, 365, 52, 12, 0], Numbers(AllParts, DateTime.MaxValue));
    }

    [Fact]
    public void Pairs_go_round_once_in_each_cycle()
    {
        AssertPair(0, CalendarParts.HourOfDay, new(2024, 1, 1));
        AssertPair(0.25, CalendarParts.HourOfDay, new(2024, 1, 1, 6, 59, 0));
        AssertPair(0.5, CalendarParts.MinuteOfDay, new(2024, 1, 1, 12, 0, 0));
        AssertPair(6 / 7.0, CalendarParts.DayOfWeek, new(2024, 1, 7));
        AssertPair(28 / 29.0, CalendarParts.DayOfMonth, new(2024, 2, 29));
        AssertPair(27 / 28.0, CalendarParts.DayOfMonth, new(2023, 2, 28));
        AssertPair(365 / 366.0, CalendarParts.DayOfYear, new(2024, 12, 31));
        AssertPair(52 / 53.0, CalendarParts.WeekOfYear, new(2020, 12, 31));
        AssertPair(11 / 12.0, CalendarParts.Month, new(2024, 12, 1));
        Assert.Equal(["HourOfDay.Sin", "HourOfDay.Cos", "Weekend"], Names(CalendarParts.HourOfDay | CalendarParts.Weekend));

        static void AssertPair(double part, CalendarParts parts, DateTime date)
        {
            float[] pair = Features(parts, CalendarEncoding.Cyclic, date);
            Assert.Equal(Math.Sin(2 * Math.PI * part), pair[0], 1e-6);
            Assert.Equal(Math.Cos(2 * Math.PI * part), pair[1], 1e-6);
        }
    }

    [Fact]
    public void One_hot_numbers_are_named_by_their_values()
    {
        string[] names = Names(CalendarParts.DayOfWeek | CalendarParts.Month, CalendarEncoding.OneHot);
        Assert.Equal(["DayOfWeek=Monday", "DayOfWeek=Sunday", "Month=1", "Month=12"], [names[0], names[6], names[7], names[18]]);
        float[] features = Features(CalendarParts.DayOfWeek | CalendarParts.Month, CalendarEncoding.OneHot, new(2024, 12, 1));
        Assert.Equal(["DayOfWeek=Sunday", "Month=12"], names.Zip(features).Where(pair => pair.Second == 1).Select(pair => pair.First));
        Assert.Equal(2, features.Sum());
        Assert.Equal(1440 + 24 + 7 + 31 + 366 + 53 + 12 + 1, Names(AllParts, CalendarEncoding.OneHot).Length);
    }

    [Fact]
    public void Holidays_are_told_whatever_the_time_of_the_day_and_saved_with_the_model()
    {
        IDataView data = Data(new(2024, 12, 25, 23, 59, 59), new(2024, 12, 26), new(2023, 12, 25));
        ITransformer calendar = _ml.Transforms.FeaturizeCalendar(
            "Out", CalendarParts.None, "Date", holidays: [new(2024, 12, 25), new(2024, 12, 31)]).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(calendar, data.Schema, stream);
        IDataView read = new MLContext().Model.Load(stream, out _).Transform(data);
        Assert.Equal([[1], [0], [0]], read.GetColumn<float[]>("Out"));
        Assert.Equal("Vector<Single, 1>", read.Schema["Out"].Type.ToString());
    }

    [Fact]
    public void A_missing_date_has_missing_features()
    {
        IDataView table = _ml.Data.LoadFromEnumerable([new Texts { Date = "" }, new Texts { Date = "2024-05-01" }]);
        IDataView dates = _ml.Transforms.Conversion.ConvertType("Date", outputKind: DataKind.DateTime).Fit(table).Transform(table);
        var calendar = _ml.Transforms.FeaturizeCalendar(
            "Date", CalendarParts.Month, encoding: CalendarEncoding.Number, holidays: [default]);
        Assert.Equal([[float.NaN, float.NaN], [5, 0]], calendar.Fit(dates).Transform(dates).GetColumn<float[]>("Date"));
    }

    [Fact]
    public void Of_a_time_with_an_offset_the_clock_is_read()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Offsets { Date = new(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2)) }]);
        var calendar = _ml.Transforms.FeaturizeCalendar(
            "Date", CalendarParts.HourOfDay | CalendarParts.Month, encoding: CalendarEncoding.Number);
        Assert.Equal([1, 1], calendar.Fit(data).Transform(data).GetColumn<float[]>("Date").Single());
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        TransformsCatalog transforms = _ml.Transforms;
        Assert.Throws<ArgumentOutOfRangeException>("parts", () => transforms.FeaturizeCalendar("A", CalendarParts.None));
        Assert.Throws<ArgumentOutOfRangeException>("parts", () => transforms.FeaturizeCalendar("A", (CalendarParts)256));
        Assert.Throws<ArgumentOutOfRangeException>(
            "encoding", () => transforms.FeaturizeCalendar("A", CalendarParts.Month, encoding: (CalendarEncoding)3));
        Assert.Throws<ArgumentOutOfRangeException>("holidays", () => transforms.FeaturizeCalendar("A", CalendarParts.Month, holidays: []));
        Assert.Throws<ArgumentException>("outputColumnName", () => transforms.FeaturizeCalendar(" ", CalendarParts.Month));
        IDataView texts = _ml.Data.LoadFromEnumerable([new Texts()]);
        string message = Assert.Throws<ArgumentOutOfRangeException>(
            () => transforms.FeaturizeCalendar("Date", CalendarParts.Month).Fit(texts)).Message;
        Assert.Contains("Column 'Date' is String; expected DateTime or DateTimeOffset", message, StringComparison.Ordinal);
        ITransformer fitted = transforms.FeaturizeCalendar("Date", CalendarParts.Month).Fit(Data(DateTime.UnixEpoch));
        Assert.Throws<InvalidOperationException>(() => fitted.Transform(texts));
    }

    private static float[] Numbers(CalendarParts parts, DateTime date) => Features(parts, CalendarEncoding.Number, date);

    private static float[] Features(CalendarParts parts, CalendarEncoding encoding, DateTime date) =>
        View(parts, encoding, date).GetColumn<float[]>("Out").Single();

    private static string[] Names(CalendarParts parts, CalendarEncoding encoding = CalendarEncoding.Cyclic)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        View(parts, encoding, DateTime.UnixEpoch).Schema["Out"].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }

    private static IDataView View(CalendarParts parts, CalendarEncoding encoding, DateTime date) =>
        _ml.Transforms.FeaturizeCalendar("Out", parts, "Date", encoding).Fit(Data(date)).Transform(Data(date));

    private static IDataView Data(params DateTime[] dates) =>
        _ml.Data.LoadFromEnumerable(Array.ConvertAll(dates, date => new Dates { Date = date }));

    private sealed class Dates
    {
        public DateTime Date { get; set; }
    }

    private sealed class Offsets
    {
        public DateTimeOffset Date { get; set; }
    }

    private sealed class Texts
    {
        public string Date { get; set; } = "";
    }
}
