using Microsoft.ML;

namespace MlNetRecurrent.Tests.Forecasting;

/// <summary>Options that cannot be are refused when the trainer is created.</summary>
public sealed class ForecastOptionTests
{
    private static readonly Dictionary<string, Action<ForecastOptions>> _wrong = new()
    {
        [nameof(ForecastOptions.TargetColumnNames)] = options => options.TargetColumnNames = [],
        ["TargetColumnNames, of spaces"] = options => options.TargetColumnNames = [" "],
        [nameof(ForecastOptions.PastColumnNames)] = options => options.PastColumnNames = null!,
        ["Horizon"] = options => options.Horizon = 0,
        ["ContextLength"] = options => options.ContextLength = 0,
        ["DecoderSize"] = options => options.DecoderSize = 0,
        ["EmbeddingSize"] = options => options.EmbeddingSize = (1 << 16) + 1,
        ["Quantiles, of 0"] = options => options.Quantiles = [0, 0.5],
        ["Quantiles, of 1"] = options => options.Quantiles = [0.5, 1],
        ["Quantiles, unsorted"] = options => options.Quantiles = [0.9, 0.1],
        ["Quantiles, twice"] = options => options.Quantiles = [0.5, 0.5],
        ["Quantiles, NaN"] = options => options.Quantiles = [double.NaN],
        ["Loss"] = options => (options.Loss, options.Quantiles) = (ForecastLoss.AbsoluteError, [0.5]),
        ["Loss, of no name"] = options => options.Loss = (ForecastLoss)7,
        ["Scaling"] = options => options.Scaling = (ForecastScaling)7,
        ["Layers"] = options => options.Layers = [],
        ["Layers[0]"] = options => options.Layers = [null!],
        ["Layers[1]"] = options => options.Layers = [new GruLayer(2), new LstmLayer(2) { Bidirectional = true }],
        ["Layers[0], pyramidal"] = options => options.Layers = [new LstmLayer(2) { TimeReduction = 2 }],
        ["Layers[0], stacks"] = options => options.Layers = [new StackLayer(2)],
        ["ValidationFraction"] = options => options.ValidationFraction = 1,
        ["EarlyStoppingPatience"] = options => options.EarlyStoppingPatience = 2,
        ["NumberOfEpochs"] = options => options.NumberOfEpochs = -1,
        ["LearningRate"] = options => options.LearningRate = -1,
    };

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string> Wrong => [.. _wrong.Keys];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void An_option_that_cannot_be_is_refused_by_name(string name)
    {
        var exception = Assert.ThrowsAny<ArgumentException>(() => Create(_wrong[name]));
        Assert.Contains(name.Split(',')[0], exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_has_one_role()
    {
        AssertRoles("'Sales' is named twice in TargetColumnNames", options => options.TargetColumnNames = ["Sales", "Sales"]);
        AssertRoles("'Sales' is in TargetColumnNames and in PastColumnNames", options => options.PastColumnNames = ["Sales"]);
        AssertRoles(
            "'Price' is in PastColumnNames and in KnownAheadColumnNames",
            options => options.PastColumnNames = options.KnownAheadColumnNames = ["Price"]);
        AssertRoles("'Sales' is in TargetColumnNames and in SeriesColumnName", options => options.SeriesColumnName = "Sales");
        AssertRoles("'Sales' is in TargetColumnNames and in TimeColumnName", options => options.TimeColumnName = "Sales");
        AssertRoles("'Shop' is in SeriesColumnName and in TimeColumnName", options => options.TimeColumnName = "Shop");
        // The time may be read as a number, and the series as a key.
        Create(options => (options.TimeColumnName, options.KnownAheadColumnNames, options.StaticColumnNames) = ("Day", ["Day"], ["Shop"]));
    }

    [Fact]
    public void The_short_methods_pass_on_what_they_are_given()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(ForecastRow.Generate(2, 20));
        foreach (bool isLstm in (bool[])[false, true])
        {
            ForecastTrainer trainer = isLstm
                ? _ml.Forecasting.Trainers.Lstm("Sales", 2, "Shop", "Day", 9, hiddenSize: 3, numberOfEpochs: 2, learningRate: 0.02f)
                : _ml.Forecasting.Trainers.Gru("Sales", 2, "Shop", "Day", 9, hiddenSize: 3, numberOfEpochs: 2, learningRate: 0.02f);
            ForecastTransformer model = trainer.Fit(data);
            Assert.Equal((2, 9), (model.Model.Shape.Horizon, model.Model.Shape.ContextLength));
            Assert.Equal((2, 0.02f), (model.Training.Epochs, model.Training.LearningRate));
            Assert.Equal(("Shop", "Day"), (model.Model.Columns.SeriesColumnName, model.Model.Columns.TimeColumnName));
            Assert.Equal(
                isLstm ? new LstmLayer(3) { Dropout = 0.2f }.Definition : new GruLayer(3) { Dropout = 0.2f }.Definition,
                Assert.Single(model.Model.Network.Definition.Layers));
        }
        Assert.Throws<ArgumentNullException>(() => _ml.Forecasting.Trainers.Recurrent(null!));
        Assert.Throws<ArgumentException>(() => _ml.Forecasting.Trainers.Gru(" ", 1));
    }

    [Fact]
    public void Early_stopping_ends_a_training_that_does_not_get_better()
    {
        ForecastTransformer model = ForecastTraining.Fit(
            _ml,
            ForecastTraining.With(options =>
            {
                (options.NumberOfEpochs, options.ValidationFraction, options.EarlyStoppingPatience) = (200, 0.3, 2);
                options.LearningRate = 0.05f;
            }),
            ForecastRow.Generate(3, 30));
        Assert.InRange(model.Training.Epochs, 3, 199);
        Assert.Equal(model.Training.Epochs - 2, model.Training.BestEpoch);
    }

    private ForecastTrainer Create(Action<ForecastOptions> change) => _ml.Forecasting.Trainers.Recurrent(ForecastTraining.With(change));

    private void AssertRoles(string message, Action<ForecastOptions> change) => Assert.Contains(
        message, Assert.Throws<ArgumentException>(() => Create(change)).Message, StringComparison.Ordinal);
}
