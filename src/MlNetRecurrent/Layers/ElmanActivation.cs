namespace MlNetRecurrent;

/// <summary>The function that an <see cref="ElmanLayer"/> applies.</summary>
public enum ElmanActivation
{
    /// <summary>The hyperbolic tangent.</summary>
    Tanh = 0,

    /// <summary>The rectifier, max(x, 0).</summary>
    Relu = 1,
}
