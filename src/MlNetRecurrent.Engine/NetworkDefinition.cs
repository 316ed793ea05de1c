using System.Text.Json.Serialization;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Layers;
using MlNetRecurrent.Engine.Losses;

namespace MlNetRecurrent.Engine;

/// <summary>The architecture of a network, as it is written to files.</summary>
internal sealed record NetworkDefinition
{
    /// <summary>Features of a step. With tokens, the size of their embedding.</summary>
    public required int Features { get; init; }

    /// <summary>Number of tokens, the unknown one (0) included, or 0 where the steps are vectors of numbers.</summary>
    public int Tokens { get; init; }

    /// <summary>The recurrent layers, the one that reads the input first.</summary>
    public required IReadOnlyList<LayerDefinition> Layers { get; init; }

    /// <summary>How a sequence becomes one vector.</summary>
    public Pooling Pooling { get; init; }

    /// <summary>Whether every step has outputs of its own, without pooling.</summary>
    public bool EveryStep { get; init; }

    /// <summary>What the outputs mean, and how they are learnt.</summary>
    public LossKind Loss { get; init; }

    /// <summary>Outputs of the head.</summary>
    public required int Outputs { get; init; }

    /// <summary>Units of the last layer, of both directions.</summary>
    [JsonIgnore]
    public int EncodingSize => Layers[^1].Size * (Layers[^1].Bidirectional ? 2 : 1);

    /// <summary>The last layer with stacks whose actions can be told, step by step; null where there is none.</summary>
    [JsonIgnore]
    public LayerDefinition? StackLayer => Layers.LastOrDefault(layer => layer is { Cell: CellKind.Stack, Bidirectional: false, TimeReduction: 1 });

    /// <summary>Whether sequences may be cut into windows of time: what they know at the end of one is all that the next needs.</summary>
    [JsonIgnore]
    public bool CanBeCut => (EveryStep || Pooling == Pooling.Last) && Layers.All(layer => layer is { Bidirectional: false, TimeReduction: 1, Stacks: null });

    /// <summary>Whether the head has biases.</summary>
    public bool HasOutputBias { get; init; } = true;

    /// <summary>The weights by name, and where each lies among the parameters.</summary>
    [JsonIgnore]
    public IEnumerable<ParameterTensor> Tensors => new Network<ScalarLane, float>(this).Tensors;

    /// <summary>Throws where the description, which may come from a damaged file, is of no possible network.</summary>
    /// <exception cref="InvalidDataException">A size is not positive, or too large to be true.</exception>
    public void Validate()
    {
        const int limit = 1 << 24;
        Check(Features is > 0 and < limit, nameof(Features), Features);
        Check(Tokens >= 0, nameof(Tokens), Tokens);
        Check(Outputs is > 0 and < limit, nameof(Outputs), Outputs);
        Check(Layers is { Count: > 0 and < 1000 }, nameof(Layers), Layers?.Count ?? 0);
        foreach (LayerDefinition layer in Layers!)
        {
            Check(layer is not null && Enum.IsDefined(layer.Cell), "Cell", layer is null ? 0 : (int)layer.Cell);
            Check(layer!.Size is > 0 and < limit, nameof(layer.Size), layer.Size);
            Check(layer.TimeReduction is > 0 and <= 1 << 10, nameof(layer.TimeReduction), layer.TimeReduction);
            Check(layer.Cell == CellKind.Stack == layer.Stacks is not null, nameof(layer.Stacks), layer.Stacks is null ? 0 : 1);
            Check(layer.Stacks is null or { NumberOfStacks: > 0 and < limit, StackSize: > 0 and < limit, Depth: > 0 and < 1 << 10 }, nameof(layer.Stacks), 1);
            Check(layer.Dropout is >= 0 and < 1, nameof(layer.Dropout), 1);
        }
        Check(Enum.IsDefined(Pooling), nameof(Pooling), (int)Pooling);
        Check(Enum.IsDefined(Loss), nameof(Loss), (int)Loss);
        Check(Loss == LossKind.SoftmaxCrossEntropy || Outputs == 1, nameof(Outputs), Outputs);
        Check(!EveryStep || Layers.All(layer => layer.TimeReduction == 1), nameof(EveryStep), 1);
    }

    private static void Check(bool holds, string name, int value)
    {
        if (!holds)
            throw new InvalidDataException($"The description of the network is damaged: {name} is {value}.");
    }
}

/// <summary>One recurrent layer.</summary>
/// <param name="Cell">Its cell.</param>
/// <param name="Size">Units, of each direction where there are two.</param>
internal sealed record LayerDefinition(CellKind Cell, int Size)
{
    /// <summary>Whether a second layer of the same kind reads the sequences from their end.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>Steps of the input that the layer reads as one.</summary>
    public int TimeReduction { get; init; } = 1;

    /// <summary>The part of the outputs that is left out in training.</summary>
    public float Dropout { get; init; }

    /// <summary>The stacks of a stack layer; null for the other cells.</summary>
    public StackDefinition? Stacks { get; init; }
}

/// <summary>The kinds of recurrent cells. Files hold the names.</summary>
internal enum CellKind
{
    Lstm,
    Gru,
    GruResetBefore,
    Elman,
    ElmanRectifier,
    Stack,
}
