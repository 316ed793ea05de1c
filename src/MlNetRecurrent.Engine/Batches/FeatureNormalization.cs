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

    /// <summary>The mean, and one over the standard deviation, of each feature over all steps, which weigh what their sequences weigh. A feature that never changes keeps its scale.</summary>
    public static FeatureNormalization Learn(SequenceSet data, int features)
    {
        double[] mean = Average(data, new double[features], (value, _) => value);
        double[] variance = Average(data, mean, (value, center) => (value - center) * (value - center));
        return new(Array.ConvertAll(mean, value => (float)value), Array.ConvertAll(variance, value => ScaleFor(Math.Sqrt(value))), MostDeviations);
    }

    private static double[] Average(SequenceSet data, double[] centers, Func<double, double, double> term)
    {
        var sums = new double[centers.Length];
        double steps = 0;
        for (int sequence = 0; sequence < data.Count; sequence++)
        {
            ReadOnlySpan<float> values = data.Values(sequence);
            double weight = data.Weight(sequence);
            for (int i = 0; i < values.Length; i++)
                sums[i % sums.Length] += weight * term(values[i], centers[i % sums.Length]);
            steps += weight * data.Length(sequence);
        }
        return Array.ConvertAll(sums, sum => steps > 0 ? sum / steps : 0);
    }

    private static float ScaleFor(double deviation)
    {
        float scale = (float)(1 / deviation);
        return float.IsFinite(scale) ? scale : 1;
    }
}
