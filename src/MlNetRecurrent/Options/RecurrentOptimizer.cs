namespace MlNetRecurrent;

/// <summary>The optimizer, which updates the weights from their gradients.</summary>
public enum RecurrentOptimizer
{
    /// <summary>Adam (Kingma and Ba, 2014) with β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. The default.</summary>
    Adam = 0,

    /// <summary>
    /// Adam with decoupled weight decay (Loshchilov and Hutter, 2017). Set <see cref="TrainingOptions.WeightDecay"/>; 0.01 is a common
    /// value.
    /// </summary>
    AdamW = 1,

    /// <summary>RMSProp (Tieleman and Hinton, 2012) with a decay of 0.99 and ε = 1e-8.</summary>
    RmsProp = 2,

    /// <summary>
    /// Stochastic gradient descent with <see cref="TrainingOptions.Momentum"/>. SGD needs a larger learning rate than Adam, such as 0.1.
    /// </summary>
    Sgd = 3,
}
