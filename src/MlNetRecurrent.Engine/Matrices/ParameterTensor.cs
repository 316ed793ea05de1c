namespace MlNetRecurrent.Engine.Matrices;

/// <summary>
/// A named array of weights as users and files know it, and the places of its elements among the parameters of a network, which are packed
/// for the kernels.
/// </summary>
/// <param name="Name">For example <c>layers.0.weight_ih</c>.</param>
/// <param name="Rows">The number of outputs, gates after one another: row = gate · units + unit.</param>
/// <param name="Columns">The number of inputs.</param>
/// <param name="Place">The index of (row, column) in the part of the parameters that begins at <see cref="Offset"/>.</param>
internal sealed record ParameterTensor(string Name, int Rows, int Columns, Func<int, int, nint> Place)
{
    /// <summary>The index of the first parameter of the part.</summary>
    public nint Offset { get; init; }

    /// <summary>The number of elements.</summary>
    public long Count => (long)Rows * Columns;

    /// <summary>The index among the parameters of (row, column).</summary>
    public nint Position(int row, int column) => Offset + Place(row, column);

    /// <summary>The tensor as part of something larger, whose parameters begin at <paramref name="offset"/>.</summary>
    public ParameterTensor Within(string prefix, nint offset) => this with { Name = $"{prefix}.{Name}", Offset = Offset + offset };
}
