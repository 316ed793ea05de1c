using MlNetRecurrent.Checks;
using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent;

/// <summary>
/// A layer whose hidden units work on stacks, which can count and remember: Joulin and Mikolov, "Inferring Algorithmic Patterns with Stack-Augmented Recurrent Nets", 2015, arXiv 1503.01007.
/// </summary>
/// <remarks>
/// At each step, from the input x, the former h and the top elements s of all stacks: h = σ(U x + R h + P s + b). Of each stack, the actions a = softmax(A h + b) are PUSH, POP and NO-OP, and the pushed value is
/// v = σ(D h + b); then each element s[i] becomes a[PUSH] s[i - 1] + a[POP] s[i + 1] + a[NO-OP] s[i], where v stands above the first. An empty stack reads -1. U, P, A and D are initialized after Glorot and
/// Bengio, R orthogonal, b zero. It has Size · (inputs + Size + NumberOfStacks · Depth + 1) + NumberOfStacks · (actions + 1) · (Size + 1) parameters. With <see cref="HasNoOp"/>, <see cref="HasRecurrentWeights"/> and <see cref="HasBias"/> all <see langword="false"/> it is the network that the paper counts with.
/// </remarks>
/// <param name="Size">The number of hidden units. Between 1 and 65536.</param>
public sealed record StackLayer(int Size) : RecurrentLayer(Size)
{
    /// <summary>The number of stacks, which act each for itself. Between 1 and 65536. Default: 10.</summary>
    public int NumberOfStacks { get; init; } = 10;

    /// <summary>The number of elements that a stack can hold; what is pushed down beyond them is lost, without a sign: counting ends there. Between 1 and 1048576. Default: 64.</summary>
    public int StackSize { get; init; } = 64;

    /// <summary>The number of elements at the top of each stack that the next state reads. Between 1 and 64. Default: 2.</summary>
    public int Depth { get; init; } = 2;

    /// <summary>Whether a stack can also be left as it is, beside PUSH and POP. Default: <see langword="true"/>.</summary>
    public bool HasNoOp { get; init; } = true;

    /// <summary>Whether a trained network takes only the likeliest action of each stack, instead of the mean of all, which keeps it exact over long sequences. Default: <see langword="false"/>.</summary>
    public bool RoundActions { get; init; }

    /// <summary>
    /// Whether the hidden units also read those of the former step (R in the paper). Without, all that the network remembers stands on its stacks: it then learns rules of nesting and counting that hold for longer sequences than it was trained on, but less else. Default: <see langword="true"/>.
    /// </summary>
    public bool HasRecurrentWeights { get; init; } = true;

    /// <summary>Whether hidden units, actions and pushed values have biases, which the paper's have not. Default: <see langword="true"/>.</summary>
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
