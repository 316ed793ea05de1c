using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Numbers;

public sealed class ConstantLabelTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-6f)]
    [InlineData(0.1f)]
    [InlineData(-1234f)]
    [InlineData(3e38f)]
    public void Labels_that_are_all_the_same_are_predicted_as_they_are(float label)
    {
        RecurrentTransformer model = Trainer().Fit(View(Rows(label)));
        Assert.All(Scores(model, Rows(label, seed: 2)), score => Assert.Equal(label, score));
        Assert.InRange(model.Training.FinalLoss, 0, 1e-12 * Math.Max(1e-30, (double)label * label + 1));
    }

    [Fact]
    public void Labels_that_differ_by_rounding_are_predicted_as_closely()
    {
        Row[] rows = Rows(1e6f);
        for (int i = 0; i < rows.Length; i += 2)
            rows[i].Label = MathF.BitIncrement(1e6f);
        Assert.All(Scores(Trainer().Fit(View(rows)), Rows(0, seed: 2)), score => Assert.Equal(1e6f, score, 0.5f));
    }

    [Fact]
    public void Other_labels_in_the_validation_part_are_errors_in_the_unit_of_the_labels()
    {
        RecurrentTransformer model = Trainer(validationFraction: 0.25).Fit(View([.. Rows(5)[..30], .. Rows(7)[..10]]));
        Assert.Equal(4, model.Training.ValidationLoss!.Value, 1e-3);
    }

    [Fact]
    public void A_training_that_goes_on_from_one_value_learns_the_scale_of_the_others()
    {
        RecurrentTransformer first = Trainer().Fit(View(Rows(5)));
        Row[] rows = Rows(0);
        foreach (Row row in rows)
            row.Label = 1000 * row.Features.Average();
        RecurrentTransformer more = Trainer(epochs: 40).Fit(View(rows), first);
        Assert.InRange(_ml.Regression.Evaluate(more.Transform(View(rows))).RSquared, 0.8, 1);
    }

    [Fact]
    public void A_model_of_one_value_comes_back_from_a_file()
    {
        IDataView data = View(Rows(5));
        using var stream = new MemoryStream();
        _ml.Model.Save(Trainer().Fit(data), data.Schema, stream);
        stream.Position = 0;
        Assert.All(Scores(_ml.Model.Load(stream, out _), Rows(0)), score => Assert.Equal(5, score));
    }

    private RecurrentTrainer Trainer(int epochs = 2, double validationFraction = 0) => _ml.Regression.Trainers.Recurrent(new()
    {
        Layers = [new GruLayer(6)],
        NumberOfEpochs = epochs,
        LearningRate = 0.02f,
        ValidationFraction = validationFraction,
        ValidateOnLastRows = true,
        Seed = 1,
    });

    private IDataView View(Row[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private float[] Scores(ITransformer model, Row[] rows) => [.. model.Transform(View(rows)).GetColumn<float>("Score")];

    private static Row[] Rows(float label, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 40).Select(_ => new Row { Features = [random.NextSingle(), random.NextSingle()], Label = label })];
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
