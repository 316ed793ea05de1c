using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

public sealed class LearntScaleTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>
    /// What is learned of 1, 3 and 5: the mean 3 and the deviation √(8/3); from 1 to 5; the median 3 and the quartiles 2 and 4.
    /// </summary>
    [Theory]
    [InlineData(SequenceNormalization.MeanVariance, 3, 1.632993)]
    [InlineData(SequenceNormalization.MinMax, 1, 4)]
    [InlineData(SequenceNormalization.Robust, 3, 2)]
    public void What_is_no_finite_number_is_left_out_of_the_scale(SequenceNormalization mode, double offset, double scale)
    {
        float[][] steps = [[1, float.PositiveInfinity, 3], [float.NaN], [], [float.NegativeInfinity, 5]];
        float[][] scaled = Apply(mode, steps);
        Assert.Equal([(1 - offset) / scale, (3 - offset) / scale, (5 - offset) / scale], scaled.SelectMany(row => row)
            .Where(float.IsFinite).Select(value => (double)value), (x, y) => Math.Abs(x - y) < 1e-5);
        Assert.Equal(steps.SelectMany(row => row).Where(value => !float.IsFinite(value)), scaled.SelectMany(row => row)
            .Where(value => !float.IsFinite(value)));
    }

    [Fact]
    public void Quartiles_of_more_steps_than_are_kept_are_those_of_a_fair_sample()
    {
        // 0 to n in their order: what keeps the first or the last steps only, or favors the later ones, finds another median or other
        // quartiles.
        const int n = 500_000;
        float[] scaled = Apply(SequenceNormalization.Robust, [[.. Enumerable.Range(0, n + 1).Select(i => (float)i)]])[0];
        Assert.Equal(-1, scaled[0], 0.02);
        Assert.Equal(0, scaled[n / 2], 0.02);
        Assert.Equal(1, scaled[n], 0.02);
    }

    private float[][] Apply(SequenceNormalization mode, float[][] rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows.Select(row => new Row { Steps = row }));
        return [.. _ml.Transforms.NormalizeSequence("Out", "Steps", mode).Fit(data).Transform(data).GetColumn<float[]>("Out")];
    }

    private sealed class Row
    {
        public float[] Steps { get; set; } = [];
    }
}
