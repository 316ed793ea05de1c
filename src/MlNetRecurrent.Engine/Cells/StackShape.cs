namespace MlNetRecurrent.Engine.Cells;

/// <summary>The stacks of a stack layer: how many, how large, and what they can do.</summary>
internal sealed record StackShape
{
    /// <summary>Stacks, side by side.</summary>
    public required int NumberOfStacks { get; init; }

    /// <summary>Elements that a stack holds; what is pushed down beyond them is lost.</summary>
    public required int StackSize { get; init; }

    /// <summary>Elements at the top that the next state reads.</summary>
    public required int Depth { get; init; }

    /// <summary>Whether there is an action that leaves a stack as it is.</summary>
    public bool HasNoOp { get; init; }

    /// <summary>Whether the network takes only the likeliest action when it scores.</summary>
    public bool RoundsActions { get; init; }

    /// <summary>Whether the next state also reads the previous hidden units.</summary>
    public bool HasRecurrentWeights { get; init; }

    /// <summary>Whether there are biases.</summary>
    public bool HasBias { get; init; }

    /// <summary>PUSH, POP and, where it is one, NO-OP.</summary>
    public int NumberOfActions => HasNoOp ? 3 : 2;
}
