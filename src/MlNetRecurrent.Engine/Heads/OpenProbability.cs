namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// Probabilities that are never exactly 0 or 1: no finite output means certainty, and one wrong label would make a mean log infinite.
/// </summary>
internal static class OpenProbability
{
    /// <summary>The smallest number above 0.</summary>
    public const float Least = float.Epsilon;

    /// <summary>The largest number below 1: 1 - 2⁻²⁴.</summary>
    public const float Most = 0.99999994f;

    /// <summary>The probability, or the adjacent number where it was rounded to 0 or 1. NaN stays NaN.</summary>
    public static float Of(float probability) => Math.Clamp(probability, Least, Most);

    /// <summary>1 / (1 + exp(-logit)).</summary>
    public static float Sigmoid(float logit) => Of(1 / (1 + MathF.Exp(-logit)));
}
