namespace MlNetRecurrent.Engine.Batches;

/// <summary>x = (x - mean) · scale, for each feature of a step, cut off at ±largest.</summary>
internal sealed record FeatureNormalization(float[] Mean, float[] Scale, float Largest)
{
    /// <summary>So many deviations from the mean are as good as any more, and the sums of a network stay finite.</summary>
    private const float MostDeviations = 1e6f;

    /// <summary>Leaves <paramref name="features"/> features as they are.</summary>
    public static FeatureNormalization None(int features)
    {
        var scale = new float[features];
        Array.Fill(scale, 1);
        return new(new float[features], scale, float.MaxValue);
    }

    /// <summary>
    /// The mean, and one over the standard deviation, of each feature over all steps, which weigh what their sequences weigh. A feature
    /// that is constant becomes 0 always: nothing can be learned from it, and no unit is known to measure a later change in.
    /// </summary>
    public static FeatureNormalization Learn(DataStatistics data, int features)
    {
        float[] mean = new float[features], scale = new float[features];
        for (int i = 0; i < features; i++)
        {
            (double center, double deviation) = data.Feature(i);
            // With a mean of 0, too, the result is 0 for every finite number, without an overflow on the way.
            if (SinglePrecision.IsConstant(center, deviation))
                continue;
            mean[i] = (float)center;
            scale[i] = (float)(1 / deviation);
        }
        return new(mean, scale, MostDeviations);
    }
}
