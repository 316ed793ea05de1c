using System.Reflection;
using Microsoft.ML;
using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Trainers;

namespace MlNetRecurrent.Tests;

/// <summary>
/// Training goes on with the weights of another network only where they mean the same. Every property of a definition counts,
/// except those known not to.
/// </summary>
public sealed class PreviousModelCheckTests
{
    /// <summary>With these, weights mean the same.</summary>
    private static readonly string[] _free =
    [
        nameof(NetworkDefinition.Pooling), nameof(LayerDefinition.Dropout), nameof(StackShape.StackSize), nameof(StackShape.RoundsActions),
    ];

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Every_property_of_a_network_a_layer_and_its_stacks_counts_unless_it_is_known_not_to()
    {
        TrainedModel previous = Train(new StackLayer(3) { NumberOfStacks = 2 }).Model;
        NetworkDefinition network = previous.Network.Definition;
        var layer = (StackLayerDefinition)network.Layers[0];
        var seen = new List<string>();
        foreach ((string name, NetworkDefinition changed) in Changes(network)
            .Concat(Changes(layer).Select(change => (change.Name, network with { Layers = [change.Changed] })))
            .Concat(Changes(layer.Stacks)
                .Select(change => (change.Name, network with { Layers = [layer with { Stacks = change.Changed }] })))
            .Append(("Cell", network with { Layers = [new LstmDefinition(layer.Size)] })))
        {
            seen.Add(name);
            Exception? exception = Record.Exception(
                () => PreviousModelCheck.ThrowIfUnfit(previous, previous.Inputs, changed, isCut: false));
            bool isRight = _free.Contains(name) ? exception is null : exception is ArgumentException;
            Assert.True(isRight, $"{name}: {exception?.Message ?? "it was taken"}");
        }
        NetworkDefinition equal = network with { Layers = [layer with { Stacks = layer.Stacks with { } }] };
        PreviousModelCheck.ThrowIfUnfit(previous, previous.Inputs, equal, isCut: false);
        string[] counted =
        [
            "TimeReduction", "Bidirectional", "Size", "Cell", "Head", "EveryStep", "Outputs", "HasOutputBias",
            "Depth", "HasBias", "HasNoOp",
        ];
        Assert.Superset(counted.ToHashSet(), seen.ToHashSet());
        Assert.Superset(_free.ToHashSet(), seen.ToHashSet());
    }

    [Fact]
    public void Joined_steps_and_the_number_of_layers_are_told_by_the_names_of_the_options()
    {
        RecurrentTransformer previous = Train(new GruLayer(3));
        Refuse("Layers[0].TimeReduction is 1 in it, the options say 2", new GruLayer(3) { TimeReduction = 2 });
        Refuse("Layers[0].Bidirectional is False in it, the options say True", new GruLayer(3) { Bidirectional = true });
        Refuse("the kind of Layers[0] is Gru in it, the options say Lstm", new LstmLayer(3));
        Refuse("the number of layers is 1 in it, the options say 2", new GruLayer(3), new GruLayer(3));

        void Refuse(string expected, params RecurrentLayer[] layers)
        {
            string message = Assert.Throws<ArgumentException>(() => Trainer(layers).Fit(Data(), previous)).Message;
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(SequencePooling.Last, SequencePooling.LastMeanMax)]
    [InlineData(SequencePooling.LastMeanMax, SequencePooling.Mean)]
    public void Poolings_of_different_sizes_are_refused(SequencePooling before, SequencePooling now)
    {
        RecurrentTransformer previous = Pooled(before).Fit(Data());
        string message = Assert.Throws<ArgumentException>(() => Pooled(now).Fit(Data(), previous)).Message;
        Assert.Contains($"Pooling is {before} in it, the options say {now}", message, StringComparison.Ordinal);
        Assert.NotNull(Pooled(before).Fit(Data(), previous));
    }

    private static IEnumerable<(string Name, T Changed)> Changes<T>(T record)
        where T : class
    {
        MethodInfo clone = typeof(T).GetMethod("<Clone>$")!;
        foreach (PropertyInfo property in typeof(T).GetProperties().Where(property => property.CanWrite
            && (property.PropertyType.IsValueType || property.PropertyType == typeof(HeadDefinition))))
        {
            var changed = (T)clone.Invoke(record, null)!;
            property.SetValue(changed, Another(property.GetValue(record)!));
            yield return (property.Name, changed);
        }
    }

    private static object Another(object value) => value switch
    {
        bool flag => !flag,
        int number => number + 1,
        float number => number + 0.25f,
        HeadDefinition head => head == HeadDefinition.Categorical ? HeadDefinition.Bernoulli : HeadDefinition.Categorical,
        Enum member => Enum.GetValues(member.GetType()).Cast<object>().First(other => !other.Equals(member)),
        _ => throw new NotSupportedException($"A property is {value.GetType()}."),
    };

    private RecurrentTransformer Train(params RecurrentLayer[] layers) => Trainer(layers).Fit(Data());

    private RecurrentTrainer Pooled(SequencePooling pooling) => _ml.Regression.Trainers.Recurrent(new()
    {
        LabelColumnName = "Weight",
        Layers = [new GruLayer(3)],
        Pooling = pooling,
        NumberOfEpochs = 1,
        Seed = 1,
    });

    private RecurrentTrainer Trainer(RecurrentLayer[] layers)
    {
        RecurrentOptions options = new() { Layers = layers, NumberOfEpochs = 1, Seed = 1, LabelColumnName = "Weight" };
        return _ml.Regression.Trainers.Recurrent(options.Planned());
    }

    private IDataView Data() => _ml.Data.LoadFromEnumerable(Example.Generate(10));
}
