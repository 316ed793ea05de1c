namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>Which optimizer, and how.</summary>
internal sealed record OptimizerSettings
{
    public OptimizerKind Kind { get; init; }

    /// <summary>
    /// λ: <see cref="OptimizerKind.AdamW"/> takes this part of each weight away, times the learning rate; the others add λ w to the
    /// gradient.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>The part of the last step that <see cref="OptimizerKind.Sgd"/> takes again.</summary>
    public double Momentum { get; init; }
}
