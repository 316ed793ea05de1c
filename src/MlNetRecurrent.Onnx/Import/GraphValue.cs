namespace MlNetRecurrent.Onnx.Import;

/// <summary>A value of a graph that depends on its input.</summary>
internal abstract record GraphValue;

/// <summary>An input of a type that networks of this library do not read.</summary>
/// <param name="Description">The input and the expected types, for messages.</param>
/// <param name="IsDamaged">Whether its type is missing.</param>
internal sealed record UnreadInput(string Description, bool IsDamaged) : GraphValue;

/// <summary>Known integers or sizes of axes, from which shapes are computed.</summary>
/// <param name="Numbers">The integers.</param>
/// <param name="IsScalar">Whether the value has no axes.</param>
internal sealed record IntegerValue(IReadOnlyList<Extent> Numbers, bool IsScalar = false) : GraphValue;

/// <summary>Numbers that are the input of the graph, or computed from it.</summary>
/// <param name="Kind">The meaning of the numbers.</param>
/// <param name="Type">The element type.</param>
/// <param name="Axes">The axes.</param>
internal sealed record DataValue(DataKind Kind, OnnxType Type, IReadOnlyList<Axis> Axes) : GraphValue
{
    /// <summary>For outputs of recurrent layers, the directions in their order on the axes of directions and features.</summary>
    public IReadOnlyList<LayerPart> Parts { get; init; } = [];

    /// <summary>The table of the embedding, if the input is tokens.</summary>
    public EmbeddingTable? Embedding { get; init; }

    /// <summary>The linear layer, for its product and all later values.</summary>
    public LinearHead? Head { get; init; }

    /// <summary>The largest token that all types between the input and this value represent exactly.</summary>
    public double LargestToken { get; init; } = double.MaxValue;

    /// <summary>Whether the value is computed by the linear layer.</summary>
    public bool IsOfHead => Kind is DataKind.Product or DataKind.Outputs or DataKind.Probabilities or DataKind.Probability;

    public bool Has(AxisKind kind) => Axes.Any(axis => axis.Has(kind));

    /// <summary>Removes an axis, or replaces it by others.</summary>
    public DataValue ReplaceAxis(int place, params Axis[] others) =>
        this with { Axes = [.. Axes.Take(place), .. others, .. Axes.Skip(place + 1)] };
}

/// <summary>A direction of a recurrent layer.</summary>
internal readonly record struct LayerPart(GraphLayer Layer, int Direction)
{
    /// <summary>A limit above the number of parts that a graph of a real network joins.</summary>
    public const int MostParts = 256;
}

/// <summary>The table of an embedding.</summary>
/// <param name="Name">The constant with the table.</param>
/// <param name="Rows">The number of tokens.</param>
/// <param name="Columns">The features of a token.</param>
internal sealed record EmbeddingTable(string Name, int Rows, int Columns);

/// <summary>The meaning of a value.</summary>
internal enum DataKind
{
    /// <summary>The input, as features of steps.</summary>
    Features,

    /// <summary>The input, as tokens.</summary>
    Tokens,

    /// <summary>The outputs of a recurrent layer, step by step.</summary>
    Steps,

    /// <summary>The last states of a recurrent layer.</summary>
    Last,

    /// <summary>The mean of the steps.</summary>
    Mean,

    /// <summary>The maximum of the steps.</summary>
    Max,

    /// <summary>The last state, the mean and the maximum of the steps, concatenated.</summary>
    LastMeanMax,

    /// <summary>The last cell states of an LSTM, which later layers of this library do not read.</summary>
    Cells,

    /// <summary>The product with the weights of the linear layer, before a bias.</summary>
    Product,

    /// <summary>The outputs of the linear layer.</summary>
    Outputs,

    /// <summary>Probabilities of classes.</summary>
    Probabilities,

    /// <summary>The probability of the positive class.</summary>
    Probability,

    /// <summary>The index of the largest score.</summary>
    Label,
}
