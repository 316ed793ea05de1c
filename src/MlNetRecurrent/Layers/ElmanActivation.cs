namespace MlNetRecurrent;

/// <summary>The activation function of an <see cref="ElmanLayer"/>.</summary>
public enum ElmanActivation
{
    /// <summary>The hyperbolic tangent.</summary>
    Tanh = 0,

    /// <summary>The rectified linear unit, max(x, 0).</summary>
    Relu = 1,
}
