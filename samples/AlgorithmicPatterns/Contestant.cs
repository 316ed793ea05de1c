using MlNetRecurrent;

namespace AlgorithmicPatterns;

/// <summary>
/// A kind of network with 40 units, and the part of the numbers n = 2…59 for which it is right in Table 2 of the paper, in the order of
/// <see cref="Pattern.All"/>.
/// </summary>
public sealed record Contestant(string Name, RecurrentLayer Layer, double[] Paper)
{
    public static readonly Contestant
        Elman = new("RNN", new ElmanLayer(Units), [0.25, 0.233, 0.233]),
        Lstm = new("LSTM", new LstmLayer(Units), [1, 1, 0.75]),
        Stack = new("Stack RNN", _stack, [1, 1, 1]),
        RoundingStack = new("Stack RNN, rounding", _stack with { RoundActions = true }, [1, 1, 1]);

    public static readonly Contestant[] All = [Elman, Lstm, Stack, RoundingStack];

    private const int Units = 40;

    /// <summary>
    /// The paper's network: PUSH and POP alone, no recurrent matrix, no biases; stacks as deep as in the authors' program.
    /// </summary>
    private static StackLayer _stack => new(Units)
    {
        NumberOfStacks = 10,
        Depth = 2,
        StackSize = 200,
        HasNoOp = false,
        HasRecurrentWeights = false,
        HasBias = false,
    };
}
