using MlNetRecurrent.Checks;

namespace MlNetRecurrent;

/// <summary>
/// A recurrent layer with differentiable stacks as memory. It can learn to count and to memorize (Joulin and Mikolov, "Inferring
/// Algorithmic Patterns with Stack-Augmented Recurrent Nets", 2015, arXiv 1503.01007).
/// </summary>
/// <remarks>
/// At each step, with the input x, the previous state h₋ and the top elements s₋ of all stacks:
/// <code>
/// h = σ(U x + R h₋ + P s₋ + b)
/// </code>
/// Each stack then has the action probabilities a and the pushed value v. The elements s₋, from the top, become s; s₋[-1] stands for v:
/// <code>
/// a = softmax(A h + b)
/// v = σ(D h + b)
/// s[i] = a[PUSH] s₋[i - 1] + a[POP] s₋[i + 1] + a[NO-OP] s₋[i]
/// </code>
/// An empty stack reads as -1. U, P, A and D are initialized after Glorot and Bengio, R as an orthogonal matrix, b with zeros. With biases
/// and recurrent weights, the layer has Size · (inputs + Size + NumberOfStacks · Depth + 1) + NumberOfStacks · (actions + 1) · (Size + 1)
/// parameters. If <see cref="HasNoOp"/>, <see cref="HasRecurrentWeights"/> and <see cref="HasBias"/> are all <see langword="false"/>, it is
/// the network that the paper uses for counting.
/// </remarks>
/// <param name="Size">The number of hidden units. Between 1 and 65536.</param>
public sealed record StackLayer(int Size) : RecurrentLayer(Size)
{
    /// <summary>The number of stacks. Each stack has its own actions. Between 1 and 65536. Default: 10.</summary>
    public int NumberOfStacks { get; init; } = 10;

    /// <summary>The maximum number of elements per stack. Between 1 and 1048576. Default: 64.</summary>
    /// <remarks>Elements that are pushed beyond it are lost without a warning: a network cannot count further than this.</remarks>
    public int StackSize { get; init; } = 64;

    /// <summary>The number of elements at the top of each stack that the hidden units read. Between 1 and 64. Default: 2.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>
    /// Whether there is the action NO-OP, which leaves a stack unchanged, besides PUSH and POP. Default: <see langword="true"/>.
    /// </summary>
    public bool HasNoOp { get; init; } = true;

    /// <summary>
    /// Whether a trained network applies only the most probable action of each stack, instead of the weighted mean of all actions.
    /// Default: <see langword="false"/>.
    /// </summary>
    /// <remarks>Rounding keeps the stacks exact over long sequences.</remarks>
    public bool RoundActions { get; init; }

    /// <summary>Whether the hidden units read their previous state h₋, with the matrix R. Default: <see langword="true"/>.</summary>
    /// <remarks>
    /// Without recurrent weights, the stacks are the only memory of the layer. The layer then learns rules of nesting and counting that
    /// also hold for longer sequences than those in the training data, but is less able to learn other tasks.
    /// </remarks>
    public bool HasRecurrentWeights { get; init; } = true;

    /// <summary>
    /// Whether the hidden units, the actions and the pushed values have biases. The network of the paper has no biases.
    /// Default: <see langword="true"/>.
    /// </summary>
    public bool HasBias { get; init; } = true;

    internal override void Validate(string name, bool everyStep)
    {
        base.Validate(name, everyStep);
        OptionCheck.That(NumberOfStacks is >= 1 and <= 1 << 16, $"{name}.{nameof(NumberOfStacks)}", NumberOfStacks, "between 1 and 65536");
        OptionCheck.That(StackSize is >= 1 and <= 1 << 20, $"{name}.{nameof(StackSize)}", StackSize, "between 1 and 1048576");
        OptionCheck.That(Depth is >= 1 and <= 64, $"{name}.{nameof(Depth)}", Depth, "between 1 and 64");
    }

    private protected override LayerDefinition Describe() => new StackLayerDefinition(Size)
    {
        Stacks = new()
        {
            NumberOfStacks = NumberOfStacks,
            StackSize = StackSize,
            Depth = Depth,
            HasNoOp = HasNoOp,
            RoundsActions = RoundActions,
            HasRecurrentWeights = HasRecurrentWeights,
            HasBias = HasBias,
        },
    };
}
