namespace MlNetRecurrent.Engine.Optimizers;

/// <summary>The kinds of optimizers.</summary>
internal enum OptimizerKind
{
    Adam,
    AdamW,
    RmsProp,
    Sgd,
}
