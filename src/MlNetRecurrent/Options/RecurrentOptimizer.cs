namespace MlNetRecurrent;

/// <summary>How the weights follow their gradients.</summary>
public enum RecurrentOptimizer
{
    /// <summary>Adam (Kingma and Ba, 2014) with β₁ = 0.9, β₂ = 0.999, ε = 1e-8. The default.</summary>
    Adam = 0,

    /// <summary>Adam with a weight decay of its own, apart from the gradient (Loshchilov and Hutter, 2017). It decays by <see cref="RecurrentOptions.WeightDecay"/>; 0.01 is usual.</summary>
    AdamW = 1,

    /// <summary>RMSProp (Tieleman and Hinton, 2012) with a decay of 0.99 and ε = 1e-8.</summary>
    RmsProp = 2,

    /// <summary>Gradient descent with <see cref="RecurrentOptions.Momentum"/>. Learning rates are larger than Adam's, such as 0.1.</summary>
    Sgd = 3,
}
