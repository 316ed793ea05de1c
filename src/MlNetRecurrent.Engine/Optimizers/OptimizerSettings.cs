namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>
/// The optimizer of a training and its hyperparameters. A new optimizer is a class of its own, and a kind with a usual rate here.
/// </summary>
internal sealed record OptimizerSettings
{
    public OptimizerKind Kind { get; init; }

    /// <summary>
    /// λ: <see cref="OptimizerKind.AdamW"/> subtracts λ w times the learning rate from each weight w; the others add λ w to the gradient.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>The momentum μ of <see cref="OptimizerKind.Sgd"/>.</summary>
    public double Momentum { get; init; }

    /// <summary>A learning rate that works for most networks of usual size.</summary>
    /// <param name="kind">The optimizer.</param>
    /// <param name="hasValues">Whether values are learned. Their noise is less, and they are learned more exactly at twice the
    /// rate.</param>
    public static double UsualLearningRate(OptimizerKind kind, bool hasValues) => kind switch
    {
        OptimizerKind.Sgd => 0.1,
        OptimizerKind.RmsProp => 0.003,
        OptimizerKind.Adam or OptimizerKind.AdamW => hasValues ? 0.02 : 0.01,
        _ => throw Unknown(kind),
    };

    /// <summary>Makes the optimizer of so many weights.</summary>
    public Optimizer<L, T> Create<L, T>(nint length)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Kind switch
        {
            OptimizerKind.Adam => new Adam<L, T>(length, WeightDecay),
            OptimizerKind.AdamW => new Adam<L, T>(length, WeightDecay, decoupled: true),
            OptimizerKind.RmsProp => new RmsProp<L, T>(length, WeightDecay),
            OptimizerKind.Sgd => new Sgd<L, T>(length, WeightDecay, Momentum),
            _ => throw Unknown(Kind),
        };

    private static InvalidOperationException Unknown(OptimizerKind kind) => new($"There is no optimizer {kind}.");
}

/// <summary>The kinds of optimizers, in the order of the public ones.</summary>
internal enum OptimizerKind
{
    Adam,
    AdamW,
    RmsProp,
    Sgd,
}
