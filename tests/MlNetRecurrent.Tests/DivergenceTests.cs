using Microsoft.ML;

namespace MlNetRecurrent.Tests;

public sealed class DivergenceTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, RecurrentOptimizer, int> Cases()
    {
        var cases = new TheoryData<string, RecurrentOptimizer, int>();
        foreach (string cell in (string[])["Lstm", "Gru", "Elman", "Stack"])
        {
            foreach (RecurrentOptimizer optimizer in Enum.GetValues<RecurrentOptimizer>())
            {
                cases.Add(cell, optimizer, 1);
                cases.Add(cell, optimizer, 3);
            }
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_learning_rate_of_a_million_ends_with_an_error_that_says_what_to_try(string cell, RecurrentOptimizer optimizer, int epochs)
    {
        RecurrentOptions options = new()
        {
            Layers = [cell switch { "Lstm" => new LstmLayer(16), "Gru" => new GruLayer(16), "Elman" => new ElmanLayer(16), _ => new StackLayer(16) }],
            NumberOfFeatures = Example.FeaturesOfAStep,
            Optimizer = optimizer,
            LearningRate = 1e6f,
            NumberOfEpochs = epochs,
            Seed = 1,
        };
        Example[] rows = Example.Generate(100);
        IDataView data = _ml.Data.LoadFromEnumerable(rows), values = _ml.Data.LoadFromEnumerable(rows.Select(row => new { row.Features, Label = 7 + row.Features[0] }));
        IDataView keyed = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        foreach (Action fit in (Action[])[() => _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(keyed), () => _ml.Regression.Trainers.Recurrent(options).Fit(values)])
        {
            string message = Assert.Throws<InvalidOperationException>(fit).Message;
            Assert.Contains("Training diverged in epoch 1", message, StringComparison.Ordinal);
            Assert.Contains("Try a learning rate below 1E+06", message, StringComparison.Ordinal);
        }
    }
}
