
namespace MlNetRecurrent.Engine.Matrices;

/// <summary>
/// A named array of weights as users and files know it, and where each of its elements lies among a network's parameters (which are packed
/// for the kernels).
/// </summary>
/// <param name="Name">For example <c>layers.0.weight_ih</c>.</param>
/// <param name="Rows">Outputs, gates after one another: row = gate · units + unit.</param>
/// <param name="Columns">Inputs.</param>
/// <param name="Position">The index among the parameters of (row, column).</param>
internal sealed record ParameterTensor(string Name, int Rows, int Columns, Func<int, int, nint> Position)
{
    public long Count => (long)Rows * Columns;

    /// <summary>The tensor as part of something larger, whose parameters begin at <paramref name="offset"/>.</summary>
    public ParameterTensor Within(string prefix, nint offset) => this with
    {
        Name = $"{prefix}.{Name}",
        Position = (row, column) => offset + Position(row, column),
    };
}
