using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

public sealed class RegressionTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Every_trainer_of_the_catalog_learns_values_in_the_unit_of_the_labels()
    {
        RegressionCatalog.RegressionTrainers trainers = _ml.Regression.Trainers;
        RecurrentTrainer[] all =
        [
            trainers.ElmanRnn(hiddenSize: 16, learningRate: 0.01f),
            trainers.Lstm(hiddenSize: 16, learningRate: 0.01f),
            trainers.Gru(hiddenSize: 16, learningRate: 0.01f),
            trainers.DeepRnn([new GruLayer(12) { Bidirectional = true }, new ElmanLayer(12)], learningRate: 0.01f),
            trainers.PyramidalRnn(hiddenSize: 8, learningRate: 0.01f),
            trainers.StackRnn(hiddenSize: 16, learningRate: 0.02f, numberOfStacks: 3, stackSize: 8),
        ];
        IDataView data = Data(500), test = Data(200, seed: 2);
        foreach (RecurrentTrainer trainer in all)
            Assert.InRange(_ml.Regression.Evaluate(trainer.Fit(data).Transform(test)).RSquared, 0.9, 1);
    }

    [Fact]
    public void The_reported_loss_is_the_squared_error_in_the_unit_of_the_labels()
    {
        var reported = new List<TrainingProgress>();
        RecurrentOptions options = Options().Planned();
        options.NumberOfEpochs = 60;
        options.Progress = new Report(reported.Add);
        IDataView data = Data(300);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(options).Fit(data);
        double error = _ml.Regression.Evaluate(model.Transform(data)).MeanSquaredError;
        Assert.InRange(reported[^1].Loss / error, 0.5, 2);
        Assert.InRange(error, 1, 1e4);
    }

    [Fact]
    public void It_comes_back_from_a_file_and_cross_validates()
    {
        IDataView data = Data(200);
        RecurrentTransformer model = Trainer().Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _ml.Model.Load(stream, out _);
        Assert.Equal(model.Transform(data).GetColumn<float>("Score"), loaded.Transform(data).GetColumn<float>("Score"));
        Assert.All(_ml.Regression.CrossValidate(data, Trainer(), numberOfFolds: 3), fold => Assert.InRange(fold.Metrics.RSquared, 0.5, 1));
        SchemaChecks.AssertSame(Trainer().GetOutputSchema(SchemaShapes.Of(data.Schema)), model.Transform(data).Schema);
    }

    [Fact]
    public void Rows_without_a_value_are_left_out_and_an_infinite_one_is_refused()
    {
        Level[] rows = [.. Generate(100)];
        rows[3].Label = float.NaN;
        Assert.Equal(
            Scores(Trainer().Fit(View(rows))),
            Scores(Trainer().Fit(View([.. rows.Where((_, i) => i != 3)]))));
        rows[7].Label = float.PositiveInfinity;
        string message = Assert.Throws<InvalidOperationException>(() => Trainer().Fit(View(rows))).Message;
        Assert.Contains("row 7", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_are_all_the_same_are_learnt_as_such()
    {
        Level[] rows = [.. Generate(50)];
        foreach (Level row in rows)
            row.Label = 1234;
        RecurrentOptions options = Options();
        options.NumberOfEpochs = 50;
        Assert.All(Scores(_ml.Regression.Trainers.Recurrent(options).Fit(View(rows))), score => Assert.Equal(1234, score, 0.5f));
    }

    [Fact]
    public void A_label_that_is_not_Single_is_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Example.Generate(10));
        string message = Assert.Throws<ArgumentOutOfRangeException>(() => Trainer().Fit(data)).Message;
        Assert.Contains("expected Single", message, StringComparison.Ordinal);
    }

    private static RecurrentOptions Options() => new() { Layers = [new GruLayer(12)], NumberOfEpochs = 30, LearningRate = 0.01f, Seed = 1 };

    private RecurrentTrainer Trainer() => _ml.Regression.Trainers.Recurrent(Options());

    private IDataView Data(int count, int seed = 1) => View([.. Generate(count, seed)]);

    private IDataView View(Level[] rows) => _ml.Data.LoadFromEnumerable(rows);

    private float[] Scores(RecurrentTransformer model) => [.. model.Transform(Data(20, seed: 5)).GetColumn<float>("Score")];

    /// <summary>5000 and a hundred times the mean of the first feature, between -1 and 1.</summary>
    private static IEnumerable<Level> Generate(int count, int seed = 1)
    {
        var random = new Random(seed);
        for (int i = 0; i < count; i++)
        {
            int steps = random.Next(3, 9);
            double level = 2 * random.NextDouble() - 1;
            float[] features = [.. Enumerable.Range(0, 2 * steps)
                .Select(k => (float)(k % 2 == 0 ? level + 0.1 * (random.NextDouble() - 0.5) : random.NextDouble()))];
            yield return new() { Features = features, Label = (float)(5000 + 100 * level) };
        }
    }

    private sealed class Report(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        void IProgress<TrainingProgress>.Report(TrainingProgress value) => action(value);
    }

    private sealed class Level
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
