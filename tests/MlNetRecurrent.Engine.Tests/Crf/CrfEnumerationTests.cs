using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests.Crf;

/// <summary>Log Z, probabilities and best paths of a CRF, against the enumeration of all paths of 4 tags.</summary>
public sealed class CrfEnumerationTests
{
    private const int Tags = 4;
    private static readonly int[] _lengths = [6, 6, 4, 1];

    public static TheoryData<string, double> Cases =>
    [
        (nameof(TaggingScheme.None), 2), (nameof(TaggingScheme.None), 40), (nameof(TaggingScheme.None), 3000),
        (nameof(TaggingScheme.Bio), 2), (nameof(TaggingScheme.Bio), 3000),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_loss_is_log_Z_less_the_score_of_the_labels(string scheme, double size)
    {
        CrfCase<double> crf = Create<double>(scheme, size);
        (double[] losses, _) = crf.ComputeLoss();
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            double expected = LogSum(crf, sequence, withLabels: false) - LogSum(crf, sequence, withLabels: true);
            Assert.Equal(expected, losses[sequence], 1e-9 * Math.Max(1, Math.Abs(expected)));
            for (int t = 1; t < _lengths[sequence]; t++)
                Assert.Equal(0, losses[crf.Shape.Row(t, sequence)]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Where_labels_are_missing_the_loss_is_of_all_paths_with_the_others(string scheme, double size)
    {
        CrfCase<double> crf = Create<double>(scheme, size);
        foreach ((int t, int sequence) in ((int, int)[])[(0, 0), (3, 0), (2, 1), (5, 1), (0, 2), (1, 2), (2, 2), (0, 3)])
            crf.Weights[crf.Shape.Row(t, sequence)] = 0;
        (double[] losses, _) = crf.ComputeLoss();
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            double expected = sequence == 3 ? 0 : LogSum(crf, sequence, withLabels: false) - LogSum(crf, sequence, withLabels: true);
            Assert.Equal(expected, losses[sequence], 1e-9 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_are_the_marginals_and_the_last_value_is_the_best_path(string scheme, double size)
    {
        AssertPredictions(Create<double>(scheme, size));
        AssertPredictions(Create<float>(scheme, size));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_transitions_are_their_expected_counts_less_those_of_the_labels(string scheme, double size)
    {
        CrfCase<double> crf = Create<double>(scheme, size);
        crf.Weights[crf.Shape.Row(1, 0)] = crf.Weights[crf.Shape.Row(2, 0)] = 0;
        crf.ComputeLoss();
        crf.Head.AccumulateGradients(WorkSlice.Whole);
        var expected = new double[Tags * Tags + 2 * Tags];
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            foreach (bool withLabels in (bool[])[false, true])
            {
                double logSum = LogSum(crf, sequence, withLabels);
                foreach (int[] path in crf.Paths(sequence, withLabels))
                {
                    double part = (withLabels ? -0.5 : 0.5) * Math.Exp(crf.Score(sequence, path) - logSum);
                    expected[Tags * Tags + path[0]] += part;
                    expected[Tags * Tags + Tags + path[^1]] += part;
                    for (int t = 1; t < path.Length; t++)
                        expected[path[t - 1] * Tags + path[t]] += part;
                }
            }
        }
        Assert.All(expected.Zip(crf.Gradients.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Marginals_of_thousands_of_steps_sum_to_1()
    {
        var crf = new CrfCase<float>(9, [5000]);
        float[][] steps = [.. crf.Predict(0).Chunk(10)];
        Assert.All(steps, step => Assert.Equal(1, step[..9].Sum(), 1e-5f));
        Assert.True(double.IsFinite(crf.ComputeLoss().Losses[0]));
    }

    [Fact]
    public void The_best_path_is_found_among_more_tags_than_a_vector_holds()
    {
        const int Many = 20;
        var crf = new CrfCase<double>(Many, [3]);
        int[] best = crf.Paths(0, withLabels: false).MaxBy(path => crf.Score(0, path))!;
        Assert.Equal(best, crf.Predict(0).Chunk(Many + 1).Select(step => (int)step[Many]));
    }

    private static void AssertPredictions<T>(CrfCase<T> crf)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            double logSum = LogSum(crf, sequence, withLabels: false);
            int[][] paths = [.. crf.Paths(sequence, withLabels: false)];
            float[][] steps = [.. crf.Predict(sequence).Chunk(Tags + 1)];
            Assert.Equal(paths.MaxBy(path => crf.Score(sequence, path))!, steps.Select(step => (int)step[Tags]));
            for (int t = 0; t < steps.Length; t++)
            {
                Assert.Equal(1, steps[t][..Tags].Sum(), 1e-6f);
                for (int k = 0; k < Tags; k++)
                {
                    double expected = paths.Where(path => path[t] == k).Sum(path => Math.Exp(crf.Score(sequence, path) - logSum));
                    Assert.Equal(expected, steps[t][k], 1e-6);
                }
            }
        }
    }

    /// <summary>With a scheme, the labels are those of an allowed path.</summary>
    private static CrfCase<T> Create<T>(string scheme, double size)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        if (scheme == nameof(TaggingScheme.None))
            return new(Tags, _lengths, size: size);
        var crf = new CrfCase<T>(Tags, _lengths, new(TaggingScheme.Bio, ["I-A", "O", "B-A", "B-B"]), size);
        int[][] labels = [[1, 2, 0, 0, 3, 1], [2, 0, 2, 0, 1, 1], [3, 3, 2, 0], [2]];
        for (int sequence = 0; sequence < labels.Length; sequence++)
        {
            for (int t = 0; t < labels[sequence].Length; t++)
                crf.Labels[crf.Shape.Row(t, sequence)] = labels[sequence][t];
        }
        return crf;
    }

    private static double LogSum<T>(CrfCase<T> crf, int sequence, bool withLabels)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        double[] scores = [.. crf.Paths(sequence, withLabels).Select(path => crf.Score(sequence, path))];
        double largest = scores.Max();
        return largest + Math.Log(scores.Sum(score => Math.Exp(score - largest)));
    }
}
