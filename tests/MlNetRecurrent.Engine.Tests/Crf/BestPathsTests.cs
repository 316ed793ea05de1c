using System.Numerics;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests.Crf;

/// <summary>The n best paths of a CRF, against the enumeration of all paths of 4 tags.</summary>
public sealed class BestPathsTests
{
    private const int Tags = 4;
    private static readonly int[] _lengths = [6, 6, 4, 2, 1];

    public static TheoryData<string, double, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, double, int>();
            foreach (int alternatives in Enumerable.Range(1, 10).Append(100))
            {
                foreach (string scheme in (string[])["None", "Bio", "Bioes"])
                {
                    cases.Add(scheme, 2, alternatives);
                    cases.Add(scheme, 300, alternatives);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void They_are_the_paths_with_the_largest_scores_and_their_probabilities(string scheme, double size, int alternatives)
    {
        AssertPredictions(Create<double>(scheme, size, alternatives), alternatives);
        AssertPredictions(Create<float>(scheme, size, alternatives), alternatives);
    }

    [Fact]
    public void All_paths_are_found_once_each_also_where_all_are_equal()
    {
        CrfCase<double> crf = Create<double>("None", 0, 300);
        float[] predictions = crf.Predict(2);
        int[][] found = Paths(predictions, 4, 300);
        Assert.Equal(256, found.Length);
        Assert.Equal(256, found.Select(path => string.Join(' ', path)).Distinct().Count());
        Assert.Equal([0, 0, 0, 0], found[0]);
        Assert.All(predictions[(Tags + 1 + 300)..(Tags + 1 + 300 + 256)], p => Assert.Equal(1 / 256f, p, 1e-7f));
        Assert.All(predictions[(Tags + 1 + 300 + 256)..(Tags + 1 + 600)], p => Assert.Equal(0, p));
    }

    [Fact]
    public void Marginals_and_the_best_path_are_those_without_alternatives()
    {
        CrfCase<float> with = Create<float>("Bio", 2, 7), without = Create<float>("Bio", 2, 0);
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            float[][] steps = [.. with.Predict(sequence).Chunk(Tags + 1 + 14)];
            Assert.Equal(without.Predict(sequence), steps.SelectMany(step => step[..(Tags + 1)]));
        }
    }

    [Fact]
    public void Paths_of_thousands_of_steps_differ_and_the_first_is_the_best()
    {
        var crf = new CrfCase<float>(9, [3000], alternatives: 20);
        float[] predictions = crf.Predict(0);
        int[][] paths = Paths(predictions, 3000, 20, tags: 9);
        Assert.Equal(20, paths.Select(path => string.Join(' ', path)).Distinct().Count());
        Assert.Equal(predictions.Chunk(10 + 40).Select(step => (int)step[9]), paths[0]);
        double[] scores = [.. paths.Select(path => crf.Score(0, path))];
        Assert.Equal(scores.OrderDescending(), scores, (x, y) => Math.Abs(x - y) < 1e-6);
        // So long a path has next to no probability, but some.
        Assert.All(predictions[30..50], p => Assert.InRange(p, float.Epsilon, 1e-3f));
    }

    [Fact]
    public void Outputs_that_are_not_finite_give_predictions_that_are_not()
    {
        var crf = new CrfCase<float>(5, [30, 12], alternatives: 3);
        crf.X[17] = double.NaN;
        Assert.Contains(crf.Predict(1), float.IsNaN);
    }

    [Fact]
    public void The_memory_of_scoring_counts_them()
    {
        NetworkDefinition plain = new()
        {
            Features = 2,
            Layers = [new LstmDefinition(5)],
            Outputs = 5,
            EveryStep = true,
            Head = new CrfDefinition(),
        };
        NetworkDefinition with = plain with { Head = new CrfDefinition { Alternatives = 100 } };
        Assert.Equal(5 + 1 + 200, with.PredictionSize);
        Assert.InRange(new ScoringMemory(with).OfSequence(10) - new ScoringMemory(plain).OfSequence(10), 10 * 150, 10 * 206);
        Assert.Equal(plain.Head, with.Head.WithoutAlternatives());
        Assert.NotEqual(plain.Head, with.Head);
        Assert.False(new CrfDefinition { Alternatives = -1 }.Fits(5));
        Assert.False(new CrfDefinition { Alternatives = 1001 }.Fits(5));
    }

    private static void AssertPredictions<T>(CrfCase<T> crf, int alternatives)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            (int[] Path, double Score)[] all = [.. crf.Paths(sequence, withLabels: false)
                .Select(path => (path, Score: crf.Score(sequence, path)))
                .Where(path => double.IsFinite(path.Score))
                .OrderByDescending(path => path.Score)];
            double logSum = all[0].Score + Math.Log(all.Sum(path => Math.Exp(path.Score - all[0].Score)));
            float[] predictions = crf.Predict(sequence);
            int[][] found = Paths(predictions, _lengths[sequence], alternatives);
            Assert.Equal(all.Take(alternatives).Select(path => string.Join(' ', path.Path)), found.Select(path => string.Join(' ', path)));
            Assert.Equal(predictions.Chunk(Tags + 1 + 2 * alternatives).Select(step => (int)step[Tags]), found[0]);
            float[] probabilities = predictions[(Tags + 1 + alternatives)..(Tags + 1 + alternatives + found.Length)];
            Assert.Equal(probabilities.OrderDescending(), probabilities);
            Assert.All(all.Zip(probabilities), pair => Assert.Equal(Math.Exp(pair.First.Score - logSum), pair.Second, 1e-6));
        }
    }

    private static int[][] Paths(float[] predictions, int steps, int alternatives, int tags = Tags)
    {
        float[][] ofSteps = [.. predictions.Chunk(tags + 1 + 2 * alternatives)];
        Assert.Equal(steps, ofSteps.Length);
        return [.. Enumerable.Range(tags + 1, alternatives)
            .Select(place => ofSteps.Select(step => (int)step[place]).ToArray())
            .TakeWhile(path => path[0] >= 0)];
    }

    private static CrfCase<T> Create<T>(string scheme, double size, int alternatives)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TagRules? rules = scheme switch
        {
            "Bio" => new(TaggingScheme.Bio, ["I-A", "O", "B-A", "B-B"]),
            "Bioes" => new(TaggingScheme.Bioes, ["B-A", "E-A", "S-A", "O"]),
            _ => null,
        };
        return new(Tags, _lengths, rules, size, alternatives: alternatives);
    }
}
