namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>The kinds of optimisers.</summary>
internal enum OptimizerKind
{
    Adam,
    AdamW,
    RmsProp,
    Sgd,
}
