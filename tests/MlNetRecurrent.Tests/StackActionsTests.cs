using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

public sealed class StackActionsTests
{
    private const int Stacks = 17;

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public void They_are_the_probabilities_of_the_actions_of_each_stack_at_each_step(bool hasNoOp, int actions)
    {
        IDataView data = Data(), scored = Trainer(new(6) { NumberOfStacks = Stacks, HasNoOp = hasNoOp }).Fit(data).Transform(data);
        Assert.Equal([0, Stacks, actions], ((VectorDataViewType)scored.Schema["Actions"].Type).Dimensions);
        foreach ((float[] told, float[] features) in scored.GetColumn<float[]>("Actions").Zip(data.GetColumn<float[]>("Features")))
        {
            Assert.Equal(features.Length / Example.FeaturesOfAStep * Stacks * actions, told.Length);
            Assert.All(told.Chunk(actions), stack => Assert.Equal(1, stack.Sum(), 1e-5f));
            Assert.All(told, probability => Assert.InRange(probability, 0, 1));
        }
    }

    [Fact]
    public void Rounded_actions_are_certain_and_those_of_the_same_network_without_rounding_are_not()
    {
        IDataView data = Data();
        var layer = new StackLayer(6) { NumberOfStacks = Stacks };
        float[][] rounded = [.. Trainer(layer with { RoundActions = true }).Fit(data).Transform(data).GetColumn<float[]>("Actions")];
        float[][] plain = [.. Trainer(layer).Fit(data).Transform(data).GetColumn<float[]>("Actions")];
        Assert.All(rounded, told => Assert.All(told, action => Assert.True(action is 0 or 1)));
        Assert.All(plain, told => Assert.DoesNotContain(1f, told));
        // The first step does not depend on actions before it, so there the likeliest ones are taken.
        foreach ((float[] before, float[] after) in plain.Zip(rounded))
        {
            Assert.Equal(
                before.Take(Stacks * 3).Chunk(3).Select(stack => Array.IndexOf(stack, stack.Max())),
                after.Take(Stacks * 3).Chunk(3).Select(stack => Array.IndexOf(stack, 1f)));
        }
    }

    [Fact]
    public void They_come_back_from_a_file_and_from_a_prediction_engine_and_the_schema_promises_them()
    {
        IDataView data = Data();
        RecurrentTrainer trainer = Trainer(new(6) { NumberOfStacks = Stacks });
        RecurrentTransformer model = trainer.Fit(data);
        SchemaChecks.AssertSame(trainer.GetOutputSchema(SchemaShapes.Of(data.Schema)), model.GetOutputSchema(data.Schema));
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        float[][] told = [.. model.Transform(data).GetColumn<float[]>("Actions")];
        Assert.Equal(told, _ml.Model.Load(stream, out _).Transform(data).GetColumn<float[]>("Actions"));
        using PredictionEngine<Steps, Told> engine = _ml.Model.CreatePredictionEngine<Steps, Told>(model);
        Assert.Equal(told, data.GetColumn<float[]>("Features").Select(features => engine.Predict(new() { Features = features }).Actions));
    }

    [Fact]
    public void A_network_without_stacks_or_with_stacks_that_read_from_both_ends_is_refused()
    {
        foreach (RecurrentLayer layer in (RecurrentLayer[])[
            new LstmLayer(4), new StackLayer(4) { Bidirectional = true }, new StackLayer(4) { TimeReduction = 2 }])
        {
            RecurrentOptions options = new() { Layers = [layer], StackActionsColumnName = "Actions" };
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Regression.Trainers.Recurrent(options)).Message;
            Assert.Contains("StackActionsColumnName", message, StringComparison.Ordinal);
        }
    }

    private RecurrentTrainer Trainer(StackLayer layer) => _ml.Regression.Trainers.Recurrent(new()
    {
        Layers = [new GruLayer(5), layer, new LstmLayer(4)],
        NumberOfEpochs = 2,
        LabelColumnName = "Weight",
        Seed = 1,
        StackActionsColumnName = "Actions",
    });

    private IDataView Data() => _ml.Data.LoadFromEnumerable(Example.Generate(40));

    private sealed class Steps
    {
        [VectorType(0, Example.FeaturesOfAStep)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Told
    {
        public float[] Actions { get; set; } = [];
    }
}
