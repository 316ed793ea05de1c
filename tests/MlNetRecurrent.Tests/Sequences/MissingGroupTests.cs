using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>A row whose group is missing belongs to no other such row.</summary>
public sealed class MissingGroupTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly List<string> _log = [];

    public MissingGroupTests() => _ml.Log += (_, message) => _log.Add(message.RawMessage);

    public static TheoryData<string> Transforms => ["SlidingWindow", "GroupIntoSequences"];

    [Theory]
    [MemberData(nameof(Transforms))]
    public void A_value_that_keys_do_not_know_is_refused_by_name(string transform)
    {
        IEstimator<ITransformer> keys = _ml.Transforms.Conversion.MapValueToKey("Key", "Store");
        ITransformer model = keys.Append(Transform(transform, "Key")).Fit(Table("A", "B", "A", "B"));
        string message = Refusal(model.Transform(Table("A", "C", "D", "C", "D")));
        Assert.Contains("Row 1 (counted from 0) has no group in column 'Key': its key is missing", message, StringComparison.Ordinal);
        Assert.Contains("samplingKeyColumnName", message, StringComparison.Ordinal);
        Assert.Contains("MissingGroups = MissingRowAction.Drop", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SlidingWindow", "")]
    [InlineData("SlidingWindow", "  ")]
    [InlineData("GroupIntoSequences", "")]
    [InlineData("GroupIntoSequences", "\t")]
    public void An_empty_text_is_refused(string transform, string store)
    {
        IDataView data = Table("A", "B", store);
        string message = Refusal(Transform(transform, "Store").Fit(data).Transform(data));
        Assert.Contains("Row 2 (counted from 0) has no group in column 'Store': its text is empty", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SlidingWindow", DataKind.Single)]
    [InlineData("GroupIntoSequences", DataKind.Single)]
    [InlineData("SlidingWindow", DataKind.Double)]
    [InlineData("GroupIntoSequences", DataKind.Double)]
    public void A_number_that_is_missing_is_refused(string transform, DataKind kind)
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Sale { Number = 1 }, new Sale { Number = float.NaN }]);
        IDataView converted = _ml.Transforms.Conversion.ConvertType("Number", outputKind: kind).Fit(data).Transform(data);
        string message = Refusal(Transform(transform, "Number").Fit(converted).Transform(converted));
        Assert.Contains("Row 1 (counted from 0) has no group in column 'Number': it is NaN", message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Numbers_that_are_equal_by_rounding_alone_are_refused(string transform)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            [new Sale { Number = 3 }, new Sale { Number = 16_777_217 }, new Sale { Number = 16_777_216 }]);
        string message = Refusal(Transform(transform, "Number").Fit(data).Transform(data));
        Assert.Contains(
            "Row 1 (counted from 0) has 16777216 in group column 'Number', which is Single", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Zero_false_and_the_first_of_all_dates_are_groups()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([
            new { Whole = 0, Answer = false, Date = default(DateTime), Sales = 1f },
            new { Whole = 0, Answer = false, Date = default(DateTime), Sales = 2f }]);
        Assert.All(["Whole", "Answer", "Date"], (string column) =>
        {
            IDataView grouped = Transform("GroupIntoSequences", column).Fit(data).Transform(data);
            Assert.Equal([1, 2], grouped.GetColumn<float[]>("Sales").Single());
        });
    }

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Rows_are_left_out_where_that_is_wanted_and_each_pass_says_how_many(string transform)
    {
        IDataView data = Table("A", "", "B", "A", " ", "B");
        IDataView view = Transform(transform, "Store", MissingRowAction.Drop).Fit(data).Transform(data);
        for (int pass = 1; pass <= 2; pass++)
        {
            Assert.Equal([[1, 4], [3, 6]], view.GetColumn<float[]>(transform == "SlidingWindow" ? "Window" : "Sales"));
            const string expected = "2 rows without a group in column 'Store' are left out.";
            Assert.Equal(pass, _log.Count(line => line.EndsWith(expected, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData("SlidingWindow", MissingRowAction.Throw)]
    [InlineData("SlidingWindow", MissingRowAction.Drop)]
    [InlineData("GroupIntoSequences", MissingRowAction.Throw)]
    [InlineData("GroupIntoSequences", MissingRowAction.Drop)]
    public void A_prediction_engine_refuses_the_row_and_goes_on(string transform, MissingRowAction action)
    {
        string source = transform == "SlidingWindow" ? "Window" : "Sales";
        ITransformer model = Transform(transform, "Store", action).Append(_ml.Transforms.CopyColumns("First", source)).Fit(Table("A"));
        using PredictionEngine<Sale, Sold> engine = _ml.Model.CreatePredictionEngine<Sale, Sold>(model, ignoreMissingColumns: true);
        engine.Predict(new() { Sales = 1 });
        string message = Assert.Throws<InvalidOperationException>(() => engine.Predict(new() { Store = "", Sales = 2 })).Message;
        Assert.Contains("Row 1 (counted from 0) has no group", message, StringComparison.Ordinal);
        Assert.Equal([1, 3], engine.Predict(new() { Sales = 3 }).First);
    }

    [Fact]
    public void A_cross_validation_whose_keys_do_not_know_the_groups_of_a_fold_says_what_to_do()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Reading.Generate(300, 6, seed: 5));
        IEstimator<ITransformer> keys = _ml.Transforms.Conversion.MapValueToKey("Key", "Entity");
        IEstimator<ITransformer> pipeline = keys
            .Append(_ml.Transforms.SlidingWindow("Features", ["Wind"], windowSize: 3, horizon: 1, groupColumnName: "Key"))
            .Append(_ml.Regression.Trainers.ElmanRnn("Value", hiddenSize: 2, numberOfEpochs: 1));
        Exception? error = Record.Exception(() => _ml.Regression.CrossValidate(
            data, pipeline, numberOfFolds: 3, labelColumnName: "Value", samplingKeyColumnName: "Entity"));
        Assert.Contains("group by the column that the keys are made of", $"{error}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_is_none_is_refused_when_the_transform_is_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MissingGroups", () => Transform("SlidingWindow", "Store", (MissingRowAction)2));
        Assert.Throws<ArgumentOutOfRangeException>("MissingGroups", () => Transform("GroupIntoSequences", "Store", (MissingRowAction)2));
    }

    private IEstimator<ITransformer> Transform(string name, string group, MissingRowAction action = MissingRowAction.Throw) =>
        name == "SlidingWindow"
            ? _ml.Transforms.SlidingWindow(new SlidingWindowOptions
            {
                OutputColumnName = "Window",
                InputColumnNames = ["Sales"],
                WindowSize = 2,
                GroupColumnName = group,
                MissingGroups = action,
            })
            : _ml.Transforms.GroupIntoSequences(new GroupIntoSequencesOptions
            {
                GroupColumnName = group,
                SequenceColumnNames = ["Sales"],
                MissingGroups = action,
            });

    private IDataView Table(params string[] stores) =>
        _ml.Data.LoadFromEnumerable(stores.Select((store, i) => new Sale { Store = store, Sales = i + 1 }).ToArray());

    private static string Refusal(IDataView view) => Assert.Throws<InvalidOperationException>(() => Rows.Of(view)).Message;
}
