using Microsoft.ML;

namespace MlNetRecurrent.Tests;

public sealed class NumberOfParametersTests
{
    private const int Features = Example.FeaturesOfAStep, Size = 5, Classes = 3;

    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Layers, and their parameters by the formulas of their documentation.</summary>
    public static TheoryData<RecurrentLayer, int> Layers => new()
    {
        { new ElmanLayer(Size), Size * (Features + Size + 1) },
        { new LstmLayer(Size), 4 * Size * (Features + Size + 1) },
        { new GruLayer(Size), 3 * Size * (Features + Size + 1) + Size },
        { new GruLayer(Size) { ResetAfter = false }, 3 * Size * (Features + Size + 1) },
        { new StackLayer(Size) { NumberOfStacks = 4, Depth = 3 }, Size * (Features + Size + 4 * 3 + 1) + 4 * (3 + 1) * (Size + 1) },
        {
            new StackLayer(Size) { NumberOfStacks = 4, Depth = 3, HasNoOp = false, HasRecurrentWeights = false },
            Size * (Features + 4 * 3 + 1) + 4 * (2 + 1) * (Size + 1)
        },
        { new LstmLayer(Size) { TimeReduction = 2 }, 4 * Size * (2 * Features + Size + 1) },
    };

    [Theory, MemberData(nameof(Layers))]
    public void It_is_what_the_documentation_of_the_layer_says_and_the_linear_layer(RecurrentLayer layer, int expected)
    {
        Assert.Equal(expected + Classes * (Size + 1), Trained(layer));
        Assert.Equal(2 * expected + Classes * (2 * Size + 1), Trained(layer with { Bidirectional = true }));
    }

    [Fact]
    public void The_linear_layer_reads_three_parts_of_concatenated_poolings()
    {
        int expected = 3 * Size * (Features + Size + 1) + Size;
        Assert.Equal(expected + Classes * (3 * Size + 1), Trained(new GruLayer(Size), SequencePooling.LastMeanMax));
        RecurrentLayer both = new GruLayer(Size) { Bidirectional = true };
        Assert.Equal(2 * expected + Classes * (6 * Size + 1), Trained(both, SequencePooling.LastMeanMax));
    }

    private long Trained(RecurrentLayer layer, SequencePooling pooling = SequencePooling.Last)
    {
        var options = new RecurrentOptions { Layers = [layer], Pooling = pooling, NumberOfEpochs = 1, Seed = 1 };
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(20));
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        return _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data).NumberOfParameters;
    }
}
