using MlNetRecurrent.Onnx.Graphs;

namespace MlNetRecurrent.Onnx.Import;

/// <summary>A value of a graph that depends on its input.</summary>
internal abstract record GraphValue;

/// <summary>An input that no network of this library reads.</summary>
/// <param name="Description">The input, and what is expected.</param>
/// <param name="IsDamaged">Whether its type is missing.</param>
internal sealed record UnreadInput(string Description, bool IsDamaged) : GraphValue;

/// <summary>Integers that are known, or sizes of axes: what shapes are made of.</summary>
/// <param name="Numbers">The integers.</param>
/// <param name="IsScalar">Whether the value has no axis.</param>
internal sealed record IntegerValue(IReadOnlyList<Extent> Numbers, bool IsScalar = false) : GraphValue;

/// <summary>Numbers that the graph reads, or makes of those.</summary>
/// <param name="Kind">What they are.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Axes">The axes.</param>
internal sealed record DataValue(DataKind Kind, OnnxType Type, IReadOnlyList<Axis> Axes) : GraphValue
{
    /// <summary>Of what recurrent layers make: the directions of layers that stand one after the other on the axes of directions and features.</summary>
    public IReadOnlyList<LayerPart> Parts { get; init; } = [];

    /// <summary>The table that tokens were embedded with.</summary>
    public EmbeddingTable? Embedding { get; init; }

    /// <summary>The linear layer, from the product on.</summary>
    public LinearHead? Head { get; init; }

    /// <summary>The largest token that the types on the way from the input hold exactly.</summary>
    public double LargestToken { get; init; } = double.MaxValue;

    /// <summary>Whether it is made by the linear layer.</summary>
    public bool IsOfHead => Kind is DataKind.Product or DataKind.Outputs or DataKind.Probabilities or DataKind.Probability;

    public bool Has(AxisKind kind) => Axes.Any(axis => axis.Has(kind));

    /// <summary>Without an axis; with another one in its place where there is one.</summary>
    public DataValue Without(int place, params Axis[] instead) => this with { Axes = [.. Axes.Take(place), .. instead, .. Axes.Skip(place + 1)] };
}

/// <summary>A direction of a recurrent layer.</summary>
internal readonly record struct LayerPart(GraphLayer Layer, int Direction);

/// <summary>The table of an embedding.</summary>
/// <param name="Name">The constant.</param>
/// <param name="Rows">The number of tokens.</param>
/// <param name="Columns">The features of a token.</param>
internal sealed record EmbeddingTable(string Name, int Rows, int Columns);

/// <summary>The meaning of a value.</summary>
internal enum DataKind
{
    /// <summary>Numbers that the graph reads.</summary>
    Features,

    /// <summary>Numbers of tokens that the graph reads.</summary>
    Tokens,

    /// <summary>The outputs of a recurrent layer, step by step.</summary>
    Steps,

    /// <summary>The last state of recurrent layers.</summary>
    Last,

    /// <summary>The mean of the steps.</summary>
    Mean,

    /// <summary>The largest of the steps.</summary>
    Max,

    /// <summary>The last state, the mean and the largest of the steps side by side.</summary>
    LastMeanMax,

    /// <summary>The last cell state of an LSTM, which no layer of this library hands on.</summary>
    Cells,

    /// <summary>The product with the weights of the head, to which a bias may be added.</summary>
    Product,

    /// <summary>The outputs of the head.</summary>
    Outputs,

    /// <summary>Probabilities of classes.</summary>
    Probabilities,

    /// <summary>The probability of yes.</summary>
    Probability,

    /// <summary>The index of the largest number, which is told beside the scores.</summary>
    Label,
}
