namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>The kind and the hyperparameters of the optimizer.</summary>
internal sealed record OptimizerSettings
{
    public OptimizerKind Kind { get; init; }

    /// <summary>
    /// λ: <see cref="OptimizerKind.AdamW"/> subtracts λ w times the learning rate from each weight w; the others add λ w to the gradient.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>The momentum μ of <see cref="OptimizerKind.Sgd"/>.</summary>
    public double Momentum { get; init; }
}
