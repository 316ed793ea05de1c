namespace MlNetRecurrent.Engine.Batches;

/// <summary>x = (x - mean) · scale, for each feature of a step, clipped to ±largest.</summary>
internal sealed record FeatureNormalization(float[] Mean, float[] Scale, float Largest)
{
    /// <summary>
    /// Values beyond this number of standard deviations carry no more information; the limit keeps the sums of a network finite.
    /// </summary>
    private const float MostDeviations = 1e6f;

    /// <summary>Leaves <paramref name="features"/> features as they are.</summary>
    public static FeatureNormalization None(int features)
    {
        var scale = new float[features];
        Array.Fill(scale, 1);
        return new(new float[features], scale, float.MaxValue);
    }

    /// <summary>
    /// The mean and the inverse standard deviation of each feature over all steps, weighted by the weights of the sequences. A constant
    /// feature always becomes 0: nothing can be learned from it, and there is no unit to measure a later change in.
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
