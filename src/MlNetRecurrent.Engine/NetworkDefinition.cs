using MlNetRecurrent.Engine.Layers;

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

    /// <summary>Outputs of the head.</summary>
    public required int Outputs { get; init; }

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
        }
        Check(Enum.IsDefined(Pooling), nameof(Pooling), (int)Pooling);
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
}

/// <summary>The kinds of recurrent cells. Files hold the names.</summary>
internal enum CellKind
{
    Lstm,
    Gru,
    GruResetBefore,
    Elman,
    ElmanRectifier,
}
