using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>Columns that cannot be read, and those that are not what the model was trained on.</summary>
public sealed class ForecastSchemaTests
{
    private static readonly Action<ForecastOptions> _none = _ => { };

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("targets")]
    [InlineData("past")]
    [InlineData("known")]
    [InlineData("static")]
    [InlineData("series")]
    [InlineData("time")]
    public void A_missing_column_is_named(string role)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => Fit(options => SetRole(options, role, "Nowhere")));
        Assert.Contains("'Nowhere'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Sales", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("targets", "Exact", "Target column 'Exact' is Double", "ConvertType")]
    [InlineData("targets", "Kind", "Target column 'Kind' is String", "expected Single")]
    [InlineData("past", "Exact", "Past column 'Exact' is Double", "ConvertType")]
    [InlineData("known", "Kind", "Known-ahead column 'Kind' is String", "MapValueToKey")]
    [InlineData("known", "Words", "Known-ahead column 'Words' is Vector<Single>", "of known size")]
    [InlineData("static", "Exact", "'Exact' is Double", "")]
    [InlineData("time", "Kind", "Time column 'Kind' is String", "ConvertType")]
    public void A_column_of_another_type_is_refused_with_advice(string role, string column, string message, string advice)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => Fit(options => SetRole(options, role, column)));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Contains(advice, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_of_the_trainer_is_that_of_the_model()
    {
        IDataView data = Data();
        ForecastTrainer trainer = _ml.Forecasting.Trainers.Recurrent(ForecastTraining.With(options => options.Quantiles = [0.1, 0.9]));
        string[] promised = [.. trainer.GetOutputSchema(SchemaShapes.Of(data.Schema)).Select(column => column.Name)];
        DataViewSchema given = trainer.Fit(data).GetOutputSchema(data.Schema);
        Assert.Equal(given.Select(column => column.Name).Order(), promised.Order());
        Assert.Equal("Vector<Single, 3>", given["Forecast"].Type.ToString());
        Assert.Equal("Vector<Single, 3, 2>", given["Quantiles"].Type.ToString());
    }

    [Fact]
    public void Numbers_flags_vectors_and_keys_are_read()
    {
        ForecastTransformer model = Fit(options =>
        {
            (options.PastColumnNames, options.KnownAheadColumnNames) = (["Flag", "Pair"], ["KindKey", "Day"]);
            options.StaticColumnNames = ["KindKey2", "Size"];
        });
        Assert.Equal(3 + 1 + 2 + 2 + 1, model.Model.Columns.StepSize);
        Assert.Equal(20, ForecastTraining.Forecasts(model.Transform(Data())).Length);
    }

    [Fact]
    public void Keys_that_mean_something_else_are_refused()
    {
        ForecastTransformer model = Fit(options => options.KnownAheadColumnNames = ["KindKey"]);
        Row[] rows = Rows();
        foreach (Row row in rows)
            row.Kind = row.Kind == "big" ? "tiny" : row.Kind;
        Assert.Contains(
            "'KindKey'", Assert.Throws<InvalidOperationException>(() => model.Transform(Data(rows))).Message, StringComparison.Ordinal);
        rows[0].Kind = "third";
        Assert.Contains(
            "the model was trained on a key of 2 values",
            Assert.Throws<InvalidOperationException>(() => model.Transform(Data(rows))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_without_a_column_of_the_model_is_refused()
    {
        ForecastTransformer model = Fit(_none);
        IDataView data = _ml.Transforms.DropColumns("Shop").Fit(Data()).Transform(Data());
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => model.Transform(data)).Message;
        Assert.Contains("'Shop'", message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => model.GetRowToRowMapper(data.Schema));
        Assert.False(model.IsRowToRowMapper);
    }

    private static void SetRole(ForecastOptions options, string role, string name)
    {
        switch (role)
        {
            case "targets":
                options.TargetColumnNames = [name];
                break;
            case "past":
                options.PastColumnNames = [name];
                break;
            case "known":
                options.KnownAheadColumnNames = [name];
                break;
            case "static":
                options.StaticColumnNames = [name];
                break;
            case "series":
                options.SeriesColumnName = name;
                break;
            default:
                options.TimeColumnName = name;
                break;
        }
    }

    private ForecastTransformer Fit(Action<ForecastOptions> change) =>
        _ml.Forecasting.Trainers.Recurrent(ForecastTraining.With(change)).Fit(Data());

    private static Row[] Rows() => [.. Enumerable.Range(0, 20).Select(i => new Row
    {
        Shop = $"{i % 2}", Day = i / 2, Sales = i, Exact = i, Flag = i % 3 == 0, Pair = [i, 1], Words = [1], Size = i % 2,
        Kind = i % 2 == 0 ? "big" : "small",
    })];

    private IDataView Data() => Data(Rows());

    private IDataView Data(Row[] rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey([new("KindKey", "Kind"), new("KindKey2", "Kind")]).Fit(data).Transform(data);
    }

    private sealed class Row
    {
        public string Shop { get; set; } = "";

        public float Day { get; set; }

        public float Sales { get; set; }

        public double Exact { get; set; }

        public bool Flag { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [];

        public float[] Words { get; set; } = [];

        public float Size { get; set; }

        public string Kind { get; set; } = "";
    }
}
