using System.Globalization;
using System.Reflection;
using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Trainers;

/// <summary>Checks that a previous model fits the network that the options and the data describe.</summary>
internal static class PreviousModelCheck
{
    /// <summary>
    /// The properties that may change when a training continues, since the weights keep their meaning. All others must be the same,
    /// including any that are added to a definition later.
    /// </summary>
    private static readonly HashSet<(Type, string)> _free =
    [
        (typeof(NetworkDefinition), nameof(NetworkDefinition.Pooling)), (typeof(LayerDefinition), nameof(LayerDefinition.Dropout)),
        (typeof(StackShape), nameof(StackShape.StackSize)), (typeof(StackShape), nameof(StackShape.RoundsActions)),
    ];

    /// <summary>Parts of a definition that are compared by themselves.</summary>
    private static readonly Type[] _parts = [typeof(IReadOnlyList<LayerDefinition>), typeof(StackShape)];

    /// <summary>The properties that users know by another name, or by a phrase in which {0} is the place of the layer.</summary>
    private static readonly Dictionary<(Type, string), string> _names = new()
    {
        [(typeof(NetworkDefinition), nameof(NetworkDefinition.Outputs))] = "the number of outputs",
        [(typeof(NetworkDefinition), nameof(NetworkDefinition.Tokens))] = "the number of tokens",
        [(typeof(NetworkDefinition), nameof(NetworkDefinition.Head))] = "the loss",
        [(typeof(NetworkDefinition), nameof(NetworkDefinition.EveryStep))] = "an output for every step",
    };

    /// <param name="previous">The model.</param>
    /// <param name="features">The column of the sequences.</param>
    /// <param name="definition">The network that the options describe.</param>
    /// <param name="isCut">Whether backpropagation is truncated, so that only the last output can be the encoding.</param>
    /// <exception cref="ArgumentException">The weights of the model do not fit such a network.</exception>
    public static void ThrowIfUnfit(TrainedModel previous, SequenceColumn features, NetworkDefinition definition, bool isCut)
    {
        SequenceColumn before = previous.Features;
        if (before.Features != features.Features || before.Tokens != features.Tokens)
            throw Unfit($"it reads {Describe(before)} where column '{features.Name}' holds {Describe(features)}");
        if (KeyMeaning.Differ(before.KeyHash, features.KeyHash))
            throw Unfit(before.DescribeOtherKeys(features.Name, "it was trained on").TrimEnd('.'));
        NetworkDefinition network = previous.Network.Definition;
        if (network.Layers.Count != definition.Layers.Count)
            throw Unfit(network.Layers.Count, "the number of layers", definition.Layers.Count);
        Compare(
            network, definition,
            definition.Tokens > 0 ? nameof(RecurrentOptions.EmbeddingSize) : nameof(RecurrentOptions.NumberOfFeatures));
        if (network.EncodingSize != definition.EncodingSize)
        {
            throw isCut
                ? Unfit(
                    $"{nameof(RecurrentOptions.Pooling)} is {network.Pooling} in it, "
                    + $"and {nameof(RecurrentOptions.TruncatedBpttSteps)} needs {SequencePooling.Last}")
                : Unfit(network.Pooling, nameof(RecurrentOptions.Pooling), definition.Pooling);
        }
    }

    private static void Compare(NetworkDefinition before, NetworkDefinition now, string features)
    {
        for (int i = 0; i < now.Layers.Count; i++)
        {
            string layer = $"{nameof(RecurrentOptions.Layers)}[{i}]";
            if (before.Layers[i].Kind != now.Layers[i].Kind)
                throw Unfit(before.Layers[i].Kind, $"the kind of {layer}", now.Layers[i].Kind);
            Compare(before.Layers[i], now.Layers[i], layer);
            if (before.Layers[i] is StackLayerDefinition stacks)
                Compare(stacks.Stacks, ((StackLayerDefinition)now.Layers[i]).Stacks, layer);
        }
        Compare(before, now, place: null, features);
    }

    /// <summary>Throws where two records of the same type differ in a property that is a value.</summary>
    private static void Compare(object before, object now, string? place, string? features = null)
    {
        IEnumerable<PropertyInfo> values = before.GetType().GetProperties()
            .Where(property => property.CanWrite && !_parts.Contains(property.PropertyType));
        foreach (PropertyInfo property in values)
        {
            (Type, string) key = (property.DeclaringType!, property.Name);
            object? was = property.GetValue(before), shouldBe = property.GetValue(now);
            if (_free.Contains(key) || Equals(was, shouldBe))
                continue;
            string name = property.Name == nameof(NetworkDefinition.Features) && features is not null ? features
                : place is null ? property.Name
                : $"{place}.{property.Name}";
            if (_names.TryGetValue(key, out string? phrase))
                name = string.Format(CultureInfo.InvariantCulture, phrase, place);
            throw Unfit(was, name, shouldBe);
        }
    }

    private static ArgumentException Unfit(object? before, string name, object? now) =>
        Unfit(string.Create(CultureInfo.InvariantCulture, $"{name} is {before} in it, the options say {now}"));

    private static ArgumentException Unfit(string difference) => new($"The training cannot go on with the previous model: {difference}.");

    private static string Describe(SequenceColumn column) =>
        column.HoldsTokens ? $"one of {column.Tokens - 1} keys a step" : $"{column.Features} features a step";
}
