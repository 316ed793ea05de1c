namespace MlNetRecurrent.Engine.Definitions;

/// <summary>One of the heads of a network with several.</summary>
internal sealed record JointPart
{
    /// <summary>The meaning of its outputs.</summary>
    public HeadDefinition Head { get; init; } = HeadDefinition.Categorical;

    /// <summary>The number of its outputs.</summary>
    public int Outputs { get; init; }

    /// <summary>
    /// Whether its label is that of the sequence, although the network has outputs for each step: its outputs are their means over the
    /// steps, which is the same as a linear layer on the mean of what the last layer returns.
    /// </summary>
    public bool IsOfSequence { get; init; }
}
