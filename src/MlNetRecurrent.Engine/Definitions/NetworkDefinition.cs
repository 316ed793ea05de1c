using System.Globalization;
using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Modules;

namespace MlNetRecurrent.Engine.Definitions;

/// <summary>The architecture of a network, as it is written to files.</summary>
internal sealed record NetworkDefinition
{
    /// <summary>The most layers of a network.</summary>
    public const int MostLayers = 999;

    /// <summary>The most weights of a network: in training each takes 16 bytes.</summary>
    public const int MostParameters = 1 << 30;

    /// <summary>Features of a step. With tokens, the size of their embedding.</summary>
    public required int Features { get; init; }

    /// <summary>Number of tokens, the unknown one (0) included, or 0 where the steps are vectors of numbers.</summary>
    public int Tokens { get; init; }

    /// <summary>The fields of a step, where there are several: <see cref="Features"/> is the sum of their sizes then.</summary>
    public IReadOnlyList<InputField>? Inputs { get; init; }

    /// <summary>The fields of a step.</summary>
    [JsonIgnore]
    public IReadOnlyList<InputField> InputFields => Inputs ?? [new(InputField.OnlyName, Features, Tokens)];

    /// <summary>The fields of an example: those of a step, and those that are known in advance.</summary>
    [JsonIgnore]
    public IReadOnlyList<InputField> ExampleFields => Decoder is null ? InputFields : [.. InputFields, Decoder.Field];

    /// <summary>The number of features that are numbers, which are normalized, of all fields of an example.</summary>
    [JsonIgnore]
    public int NumberCount => ExampleFields.Sum(input => input.HasTokens ? 0 : input.Size);

    /// <summary>Whether there are tokens among the fields.</summary>
    [JsonIgnore]
    public bool HasTokens => InputFields.Any(input => input.HasTokens);

    /// <summary>The recurrent layers, the one that reads the input first.</summary>
    public required IReadOnlyList<LayerDefinition> Layers { get; init; }

    /// <summary>How a sequence becomes one vector.</summary>
    public Pooling Pooling { get; init; }

    /// <summary>Whether every step has outputs of its own, without pooling.</summary>
    public bool EveryStep { get; init; }

    /// <summary>The meaning of the outputs. Files have it by the name of its loss.</summary>
    [JsonPropertyName("Loss")]
    public HeadDefinition Head { get; init; } = HeadDefinition.Categorical;

    /// <summary>The decoder that computes the outputs, where values are known in advance; null for a linear layer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecoderDefinition? Decoder { get; init; }

    /// <summary>The first format of model files that knows the head and the decoder.</summary>
    [JsonIgnore]
    public int FirstFormat => Math.Max(Head.FirstFormat, Decoder is null ? 1 : DecoderDefinition.FirstFormat);

    /// <summary>Outputs of the head.</summary>
    public required int Outputs { get; init; }

    /// <summary>
    /// The width of the input of the head: the units of the last layer, of both directions, for each part of the pooled vector.
    /// </summary>
    [JsonIgnore]
    public int EncodingSize => EveryStep ? Layers[^1].OutputSize : Layers[^1].OutputSize * Pooling.Parts().Length;

    /// <summary>The quantities that a model can show. Where several layers have the same one, it is that of the last layer.</summary>
    [JsonIgnore]
    public IEnumerable<Inspection> Inspections => Layers
        .Select((layer, i) => layer.Shows is var (name, dimensions) ? new Inspection(name, dimensions, IsPerStep: true, i) : null)
        .OfType<Inspection>()
        .Reverse()
        .DistinctBy(inspection => inspection.Name)
        .Prepend(new(Inspection.Encoding, [EncodingSize], EveryStep, Layer: null));

    /// <summary>Whether sequences may be cut into time windows: the final state of a window is all that the next one needs.</summary>
    [JsonIgnore]
    public bool CanBeCut => (EveryStep || Pooling == Pooling.Last) && Head.CanBeCut && Layers.All(layer => layer.CanBeCut);

    /// <summary>
    /// The number of values of the state of a sequence: all that the outputs of later steps need of the steps before. 0 where sequences
    /// cannot be cut, as with layers that read them from their end.
    /// </summary>
    [JsonIgnore]
    public int StateSize => CanBeCut ? CreateModules<ScalarLane, float>().Layers.Sum(layer => layer.StateSize) : 0;

    /// <summary>Whether the head has biases.</summary>
    public bool HasOutputBias { get; init; } = true;

    /// <summary>The weights by name, and where each lies among the parameters.</summary>
    [JsonIgnore]
    public IEnumerable<ParameterTensor> Tensors => CreateModules<ScalarLane, float>().Tensors;

    /// <summary>The number of values of a prediction for each output row.</summary>
    [JsonIgnore]
    public int PredictionSize => Head.GetPredictionSize(Outputs);

    /// <summary>The number of values of a label.</summary>
    [JsonIgnore]
    public int LabelSize => Head.Create<float>(Outputs).LabelSize;

    /// <summary>The number of outputs of a sequence of so many steps.</summary>
    public int OutputRowsFor(int steps) => EveryStep ? steps : 1;

    /// <summary>The number of steps of the output of some of the first layers, for a sequence of so many steps.</summary>
    public int StepsAfter(int layers, int steps) =>
        Layers.Take(layers).Aggregate(steps, (left, layer) => (int)(((long)left + layer.TimeReduction - 1) / layer.TimeReduction));

    /// <summary>Makes the modules of the network, which have no parameters yet.</summary>
    public NetworkModules<L, T> CreateModules<L, T>()
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<Module<L, T>> layers = [];
        DropoutMask<T>? dropoutOfPooling = null;
        int size = Features;
        for (int i = 0; i < Layers.Count; i++)
        {
            Module<L, T> layer = Layers[i].Create<L, T>(size);
            size = layer.Size;
            layers.Add(layer);
            if (Layers[i].Dropout == 0)
                continue;
            // After the last layer, dropout is applied to the pooled vector, where there is one.
            if (EveryStep || i < Layers.Count - 1)
                layers.Add(new DropoutModule<L, T>(size, new(Layers[i].Dropout, i)));
            else
                dropoutOfPooling = new(Layers[i].Dropout, i);
        }
        if (!EveryStep)
            layers.Add(new PoolingModule<L, T>(Pooling, size, dropoutOfPooling));
        return new()
        {
            Input = new(InputFields),
            Layers = [.. layers],
            Projection = Decoder is null
                ? new LinearModule<L, T>(EncodingSize, Outputs, HasOutputBias)
                : Decoder.Create<L, T>(EncodingSize, Outputs, HasOutputBias),
            Head = Head.Create<T>(Outputs),
        };
    }

    /// <summary>
    /// Throws where the description, which may come from a damaged file, is not that of a possible network. Allocates nothing before.
    /// </summary>
    /// <exception cref="InvalidDataException">A size is not positive, or too large.</exception>
    public void Validate()
    {
        const int limit = 1 << 24;
        Check(Features is > 0 and < limit, nameof(Features), Features);
        Check(Tokens is >= 0 and <= limit + 1, nameof(Tokens), Tokens);
        Check(Outputs is > 0 and < limit, nameof(Outputs), Outputs);
        Check(Layers is { Count: > 0 and <= MostLayers }, nameof(Layers), Layers?.Count ?? 0);
        ValidateInputs(limit);
        int inputs = Features;
        foreach (LayerDefinition? layer in Layers!)
        {
            Check(layer is not null, nameof(Layers), "null");
            layer!.Validate(inputs);
            inputs = layer.OutputSize;
        }
        Check(Enum.IsDefined(Pooling), nameof(Pooling), (int)Pooling);
        Check(Head is not null && Head.Fits(Outputs), nameof(Outputs), Outputs);
        Check(!EveryStep || Layers.All(layer => layer.TimeReduction == 1), nameof(EveryStep), EveryStep);
        Decoder?.Validate(this);
        nint parameters = CreateModules<ScalarLane, float>().ParameterCount;
        Check(parameters <= MostParameters, "the number of weights", parameters);
    }

    private void ValidateInputs(int limit)
    {
        if (Inputs is null)
            return;
        Check(Inputs.Count is > 0 and <= MostLayers && Tokens == 0, nameof(Inputs), Inputs.Count);
        long features = 0;
        foreach (InputField? input in Inputs)
        {
            Check(input is { Name.Length: > 0 } && input.Size > 0 && input.Size < limit, nameof(Inputs), input?.Size ?? 0);
            Check(input!.Tokens >= 0 && input.Tokens <= limit + 1, nameof(Inputs), input.Tokens);
            bool canHaveCharacters = input is { HasTokens: true, IsStatic: false, Characters: <= InputField.MostCharacters };
            Check(input.Ahead == 0, nameof(Inputs), input.Ahead);
            Check(input.Characters == 0 || (input.Characters > 0 && canHaveCharacters), nameof(Inputs), input.Characters);
            bool canBeEncoded = input.Encoding switch
            {
                CharacterEncoding.Convolution => true,
                CharacterEncoding.Lstm => input.Characters > 0 && input.Size % 2 == 0,
                _ => false,
            };
            Check(canBeEncoded, nameof(Inputs), input.Encoding);
            features += input.Size;
        }
        Check(features == Features, nameof(Features), Features);
    }

    private static void Check<T>(bool holds, string name, T value)
    {
        if (!holds)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"The description of the network is damaged: {name} is {value}."));
        }
    }
}
