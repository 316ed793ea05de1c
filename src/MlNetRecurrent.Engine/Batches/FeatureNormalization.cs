namespace MlNetRecurrent.Engine.Batches;

/// <summary>x = (x - mean) · scale, for each feature of a step, cut off at ±largest.</summary>
internal sealed record FeatureNormalization(float[] Mean, float[] Scale, float Largest)
{
    /// <summary>So many deviations from the mean are as good as any more, and the sums of a network stay finite.</summary>
    private const float MostDeviations = 1e6f;

    /// <summary>A deviation that is a smaller part of the mean is rounding.</summary>
    private const double LeastDeviation = 1e-12;

    /// <summary>Leaves <paramref name="features"/> features as they are.</summary>
    public static FeatureNormalization None(int features)
    {
        var scale = new float[features];
        Array.Fill(scale, 1);
        return new(new float[features], scale, float.MaxValue);
    }

    /// <summary>The mean, and one over the standard deviation, of each feature over all steps, which weigh what their sequences weigh. A feature that never changes keeps its scale.</summary>
    public static FeatureNormalization Learn(DataStatistics data, int features)
    {
        float[] mean = new float[features], scale = new float[features];
        for (int i = 0; i < features; i++)
        {
            mean[i] = (float)data.Feature(i).Mean;
            scale[i] = ScaleFor(data.Feature(i));
        }
        return new(mean, scale, MostDeviations);
    }

    private static float ScaleFor((double Mean, double Deviation) feature)
    {
        float scale = (float)(1 / feature.Deviation);
        return float.IsFinite(scale) && feature.Deviation > LeastDeviation * Math.Abs(feature.Mean) ? scale : 1;
    }
}
