using System.Diagnostics.CodeAnalysis;
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
    private static readonly Type[] _parts =
        [typeof(IReadOnlyList<LayerDefinition>), typeof(IReadOnlyList<InputField>), typeof(StackShape)];

    /// <summary>The properties that users know by another name, or by a phrase in which {0} is the place of the layer.</summary>
    private static readonly Dictionary<(Type, string), string> _names = new()
    {
        [(typeof(NetworkDefinition), nameof(NetworkDefinition.Outputs))] = "the number of outputs",
        [(typeof(NetworkDefinition), nameof(NetworkDefinition.Tokens))] = "the number of tokens",
        [(typeof(NetworkDefinition), nameof(NetworkDefinition.Head))] = "the loss",
        [(typeof(NetworkDefinition), nameof(NetworkDefinition.EveryStep))] = "an output for every step",
    };

    /// <param name="previous">The model.</param>
    /// <param name="inputs">The columns that the network reads.</param>
    /// <param name="definition">The network that the options describe.</param>
    /// <param name="isCut">Whether backpropagation is truncated, so that only the last output can be the encoding.</param>
    /// <param name="hasNewOutputs">Whether only the layers and the vectors of tokens are taken from the model.</param>
    /// <exception cref="ArgumentException">The weights of the model do not fit such a network.</exception>
    public static void ThrowIfUnfit(
        TrainedModel previous, InputColumns inputs, NetworkDefinition definition, bool isCut, bool hasNewOutputs = false)
    {
        if (previous.Inputs.All.Count != inputs.All.Count)
            throw Unfit(previous.Inputs.All.Count, "the number of columns that the network reads", inputs.All.Count);
        foreach ((SequenceColumn before, SequenceColumn now) in previous.Inputs.All.Zip(inputs.All))
            Compare(before, now);
        CompareVectors(previous.Inputs, inputs);
        NetworkDefinition network = previous.Network.Definition with { Head = previous.Network.Definition.Head.WithoutAlternatives() };
        if (hasNewOutputs)
        {
            network = network with
            {
                Head = definition.Head,
                Outputs = definition.Outputs,
                EveryStep = definition.EveryStep,
                Pooling = definition.Pooling,
                HasOutputBias = definition.HasOutputBias,
            };
        }
        if (network.Layers.Count != definition.Layers.Count)
            throw Unfit(network.Layers.Count, "the number of layers", definition.Layers.Count);
        Compare(
            network, definition,
            inputs.HasTokens ? nameof(RecurrentOptions.EmbeddingSize) : nameof(RecurrentOptions.NumberOfFeatures));
        if (network.EncodingSize != definition.EncodingSize)
        {
            throw isCut
                ? Unfit(
                    $"{nameof(RecurrentOptions.Pooling)} is {network.Pooling} in it, "
                    + $"and {nameof(RecurrentOptions.TruncatedBpttSteps)} needs {SequencePooling.Last}")
                : Unfit(network.Pooling, nameof(RecurrentOptions.Pooling), definition.Pooling);
        }
    }

    private static void Compare(SequenceColumn before, SequenceColumn now)
    {
        if (before.Features != now.Features || before.Tokens != now.Tokens || before.IsStatic != now.IsStatic
            || before.Characters != now.Characters)
            throw Unfit($"it reads {Describe(before)} where column '{now.Name}' holds {Describe(now)}");
        if (KeyMeaning.Differ(before.KeyHash, now.KeyHash))
            throw Unfit(before.DescribeOtherKeys(now.Name, "it was trained on").TrimEnd('.'));
    }

    /// <summary>Compares the vectors of tokens, where there are several columns, or characters.</summary>
    private static void CompareVectors(InputColumns before, InputColumns now)
    {
        if (now.IsPlain)
            return;
        foreach ((InputField was, InputField field) in before.Fields.Zip(now.Fields))
        {
            if (was.Size != field.Size)
                throw Unfit(was.Size, $"the size of the vectors of the tokens of '{field.Name}'", field.Size);
            if (was.Encoding != field.Encoding)
                throw Unfit(was.Encoding, nameof(RecurrentOptions.CharacterEncoder), field.Encoding);
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
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = RecordJson.Untrimmed)]
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

    private static string Describe(SequenceColumn column)
    {
        string unit = column.IsStatic ? "row" : "step";
        if (column.Characters > 0)
            return $"{column.Characters} characters a step, each one of {column.Tokens - 1} keys";
        return column.HoldsTokens ? $"one of {column.Tokens - 1} keys a {unit}" : $"{column.Features} features a {unit}";
    }
}
