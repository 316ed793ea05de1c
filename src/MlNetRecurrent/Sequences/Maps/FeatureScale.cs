namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Learns the scale of features from a stream of steps. Values that are not finite are ignored.</summary>
internal abstract class FeatureScale(int features)
{
    /// <summary>Features of a step.</summary>
    protected int Features => features;

    public static FeatureScale For(SequenceNormalization mode, int features) => mode switch
    {
        SequenceNormalization.MeanVariance => new MeanAndDeviation(features),
        SequenceNormalization.MinMax => new SmallestAndLargest(features),
        SequenceNormalization.Robust => new MedianAndQuartiles(features),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such normalization."),
    };

    /// <summary>Takes steps [steps, features].</summary>
    public void Add(ReadOnlySpan<float> steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            if (float.IsFinite(steps[i]))
                Add(i % features, steps[i]);
        }
    }

    /// <summary>The offset that is subtracted from each feature, and the scale that the difference is multiplied by. A constant feature
    /// always becomes 0: its values give no unit for a later change.</summary>
    public (float[] Offset, float[] Scale) Learn()
    {
        float[] offset = new float[features], scale = new float[features];
        for (int i = 0; i < features; i++)
        {
            // With an offset of 0, too, the result is 0 for every finite number, without an overflow on the way.
            if (IsConstant(i))
                continue;
            (double center, double spread) = Describe(i);
            offset[i] = (float)center;
            scale[i] = SinglePrecision.IsConstant(center, spread) ? 1 : (float)(1 / spread);
        }
        return (offset, scale);
    }

    /// <summary>The value of a feature that becomes 0, and the distance from it that becomes 1, which is 0 where nothing varies; null for
    /// a feature without values.</summary>
    public (double Center, double Spread)? Measure(int feature)
    {
        if (!HasValues(feature))
            return null;
        (double center, double spread) = Describe(feature);
        return (center, IsConstant(feature) || SinglePrecision.IsConstant(center, spread) ? 0 : spread);
    }

    protected abstract void Add(int feature, float value);

    protected abstract bool HasValues(int feature);

    /// <summary>The value that becomes 0, and the distance from it that becomes 1.</summary>
    protected abstract (double Center, double Spread) Describe(int feature);

    /// <summary>Whether all values of a feature are equal, but for rounding, or there are none.</summary>
    protected abstract bool IsConstant(int feature);

    /// <summary>Welford's method.</summary>
    private sealed class MeanAndDeviation(int features) : FeatureScale(features)
    {
        private readonly long[] _count = new long[features];
        private readonly double[] _mean = new double[features], _squares = new double[features];

        protected override void Add(int feature, float value)
        {
            double distance = value - _mean[feature];
            _mean[feature] += distance / ++_count[feature];
            _squares[feature] += distance * (value - _mean[feature]);
        }

        protected override (double Center, double Spread) Describe(int feature) =>
            (_mean[feature], Math.Sqrt(_squares[feature] / _count[feature]));

        protected override bool HasValues(int feature) => _count[feature] > 0;

        protected override bool IsConstant(int feature)
        {
            (double mean, double deviation) = Describe(feature);
            return !HasValues(feature) || SinglePrecision.IsConstant(mean, deviation);
        }
    }

    private sealed class SmallestAndLargest : FeatureScale
    {
        private readonly double[] _smallest, _largest;

        public SmallestAndLargest(int features)
            : base(features)
        {
            _smallest = new double[features];
            _largest = new double[features];
            Array.Fill(_smallest, double.PositiveInfinity);
            Array.Fill(_largest, double.NegativeInfinity);
        }

        protected override void Add(int feature, float value)
        {
            _smallest[feature] = Math.Min(_smallest[feature], value);
            _largest[feature] = Math.Max(_largest[feature], value);
        }

        protected override (double Center, double Spread) Describe(int feature) =>
            (_smallest[feature], _largest[feature] - _smallest[feature]);

        protected override bool HasValues(int feature) => _smallest[feature] <= _largest[feature];

        protected override bool IsConstant(int feature) =>
            !HasValues(feature)
            || SinglePrecision.IsConstant(_smallest[feature], (_largest[feature] - _smallest[feature]) / 2);
    }

    /// <summary>If there are more steps than can be kept, a uniform random sample of them is used (Vitter's algorithm R).</summary>
    private sealed class MedianAndQuartiles(int features) : FeatureScale(features)
    {
        private const int MostValues = 1 << 17;

        private readonly float[] _smallest = [.. Enumerable.Repeat(float.MaxValue, features)];
        private readonly float[] _largest = [.. Enumerable.Repeat(float.MinValue, features)];
        private readonly List<float>[] _sample = [.. Enumerable.Range(0, features).Select(_ => new List<float>())];
        private readonly long[] _count = new long[features];
        private readonly Random _random = new(1);

        protected override void Add(int feature, float value)
        {
            (_smallest[feature], _largest[feature]) = (Math.Min(_smallest[feature], value), Math.Max(_largest[feature], value));
            List<float> sample = _sample[feature];
            long place = _count[feature]++;
            if (sample.Count < MostValues)
                sample.Add(value);
            else if ((place = _random.NextInt64(place + 1)) < MostValues)
                sample[(int)place] = value;
        }

        protected override (double Center, double Spread) Describe(int feature)
        {
            List<float> sample = _sample[feature];
            sample.Sort();
            return (Quantile(sample, 0.5), Quantile(sample, 0.75) - Quantile(sample, 0.25));
        }

        protected override bool HasValues(int feature) => _count[feature] > 0;

        /// <summary>Equal quartiles are no sign of it: they are equal as soon as half of the values are equal to the median.</summary>
        protected override bool IsConstant(int feature) =>
            !HasValues(feature) || SinglePrecision.IsConstant(_smallest[feature], ((double)_largest[feature] - _smallest[feature]) / 2);

        private static double Quantile(List<float> sorted, double part)
        {
            double place = part * (sorted.Count - 1);
            int below = (int)place, above = Math.Min(below + 1, sorted.Count - 1);
            return sorted[below] + (place - below) * ((double)sorted[above] - sorted[below]);
        }
    }
}
