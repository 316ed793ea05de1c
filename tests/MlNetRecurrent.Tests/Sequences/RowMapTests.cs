using FsCheck.Fluent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>The transforms that make one sequence of others, row by row, beside naive programs.</summary>
public sealed class RowMapTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Joined_steps_taken_apart_are_what_went_in()
    {
        var cases =
            from seed in Properties.Between(0, 1 << 20)
            from rows in Properties.Between(1, 12)
            from oneHot in Properties.Between(0, 1)
            select (seed, rows, oneHot);
        Properties.Hold(cases, test =>
        {
            Sequences3[] rows = Sequences3.Generate(test.rows, test.seed);
            IDataView data = Keyed(rows);
            var type = (VectorDataViewType)data.Schema["Words"].Type;
            int keys = (int)((KeyDataViewType)type.ItemType).Count, width = test.oneHot == 1 ? keys : 1;
            float[][] joined = Apply(_ml.Transforms.ZipSteps("Out", ["Pairs", "Words", "Plain"], oneHotKeys: test.oneHot == 1), data);
            uint[][] words = [.. data.GetColumn<uint[]>("Words")];
            for (int i = 0; i < rows.Length; i++)
            {
                float[][] steps = [.. joined[i].Chunk(3 + width)];
                Assert.Equal(rows[i].Pairs, steps.SelectMany(step => step[..2]));
                Assert.Equal(rows[i].Plain, steps.Select(step => step[^1]));
                Assert.Equal(words[i], steps.Select(step => test.oneHot == 1 ? (uint)Array.IndexOf(step[2..^1], 1) + 1 : (uint)step[2]));
            }
        });
    }

    [Fact]
    public void Steps_of_another_number_are_an_error_that_names_row_columns_and_lengths()
    {
        Sequences3[] rows = Sequences3.Generate(5, seed: 1);
        rows[3].Plain = new float[40];
        string message = Assert.Throws<InvalidOperationException>(
            () => Apply(_ml.Transforms.ZipSteps("Out", ["Pairs", "Plain"]), Keyed(rows))).Message;
        Assert.Contains(
            $"Row 3 (counted from 0) has {rows[3].Pairs.Length / 2} steps in column 'Pairs' but 40 in column 'Plain'",
            message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SequenceNormalization.MeanVariance)]
    [InlineData(SequenceNormalization.MinMax)]
    [InlineData(SequenceNormalization.Robust)]
    public void Features_are_scaled_over_all_steps_of_all_rows(SequenceNormalization mode)
    {
        Sequences3[] rows = Sequences3.Generate(200, seed: 1);
        rows[17].Pairs[0] = float.NaN;
        float[][] scaled = Apply(_ml.Transforms.NormalizeSequence("Out", "Pairs", mode), Keyed(rows));
        for (int feature = 0; feature < 2; feature++)
        {
            IEnumerable<float> ofFeature = scaled.SelectMany(row => row.Where((_, i) => i % 2 == feature));
            double[] values = [.. ofFeature.Where(float.IsFinite).Select(value => (double)value).Order()];
            (double expected, double found)[] pairs = mode switch
            {
                SequenceNormalization.MeanVariance => [(0, values.Average()), (1, values.Average(value => value * value))],
                SequenceNormalization.MinMax => [(0, values[0]), (1, values[^1])],
                _ => [(0, Quantile(values, 0.5)), (1, Quantile(values, 0.75) - Quantile(values, 0.25))],
            };
            Assert.All(pairs, pair => Assert.Equal(pair.expected, pair.found, 1e-4));
        }
        Assert.True(float.IsNaN(scaled[17][0]));
    }

    [Fact]
    public void A_feature_that_never_changes_keeps_its_scale()
    {
        Sequences3[] rows = Sequences3.Generate(20, seed: 1);
        foreach (Sequences3 row in rows)
            Array.Fill(row.Plain, 7.1f);
        foreach (SequenceNormalization mode in Enum.GetValues<SequenceNormalization>())
        {
            float[][] scaled = Apply(_ml.Transforms.NormalizeSequence("Out", "Plain", mode), Keyed(rows));
            Assert.All(scaled, row => Assert.All(row, value => Assert.Equal(0, value)));
        }
    }

    [Fact]
    public void The_largest_numbers_are_scaled_to_finite_ones()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new { Plain = new[] { 3e38f, -3e38f, 0 } }]);
        foreach (SequenceNormalization mode in Enum.GetValues<SequenceNormalization>())
        {
            float[] scaled = Apply(_ml.Transforms.NormalizeSequence("Out", "Plain", mode), data)[0];
            Assert.All(scaled, value => Assert.True(float.IsFinite(value), $"{mode}: {value}"));
        }
    }

    [Fact]
    public void Features_of_a_step_that_contradict_the_type_are_refused()
    {
        IDataView data = Keyed(Sequences3.Generate(3, seed: 1));
        string message = Assert.Throws<InvalidOperationException>(
            () => Apply(_ml.Transforms.Differences("Out", "Pairs", numberOfFeatures: 3), data)).Message;
        Assert.Contains("NumberOfFeatures is 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sequences_are_padded_and_cut_at_either_end()
    {
        var cases =
            from seed in Properties.Between(0, 1 << 20)
            from length in Properties.Between(1, 9)
            from atStart in Properties.Between(0, 1)
            select (seed, length, atStart);
        Properties.Hold(cases, test =>
        {
            Sequences3[] rows = Sequences3.Generate(6, test.seed);
            IDataView data = Keyed(rows);
            float[][] found = Apply(_ml.Transforms.PadOrTruncate("Out", test.length, "Pairs", test.atStart == 1, value: -7), data);
            Assert.Equal(rows.Select(row => Padded(row.Pairs.Chunk(2), [-7f, -7f]).SelectMany(step => step).ToArray()), found);
            IEstimator<ITransformer> ofKeys = _ml.Transforms.PadOrTruncate("Out", test.length, "Words", test.atStart == 1);
            IEnumerable<uint[]> expected = data.GetColumn<uint[]>("Words").Select(row => Padded(row, 0u).ToArray());
            Assert.Equal(expected, ofKeys.Fit(data).Transform(data).GetColumn<uint[]>("Out"));

            IEnumerable<T> Padded<T>(IEnumerable<T> steps, T padding)
            {
                T[] all = [.. steps];
                IEnumerable<T> missing = Enumerable.Repeat(padding, Math.Max(0, test.length - all.Length));
                return test.atStart == 1 ? [.. missing, .. all.TakeLast(test.length)] : [.. all.Take(test.length), .. missing];
            }
        });
    }

    [Fact]
    public void Differences_and_lags_are_those_of_a_naive_program()
    {
        var cases = from seed in Properties.Between(0, 1 << 20) from lag in Properties.Between(1, 9) select (seed, lag);
        Properties.Hold(cases, test =>
        {
            Sequences3[] rows = Sequences3.Generate(6, test.seed);
            IDataView data = Keyed(rows);
            float[][] differences = Apply(_ml.Transforms.Differences("Out", "Pairs", test.lag), data);
            float[][] lagged = Apply(_ml.Transforms.LagFeatures("Out", [0, test.lag, 2], "Pairs"), data);
            for (int row = 0; row < rows.Length; row++)
            {
                float[][] x = [.. rows[row].Pairs.Chunk(2)];
                Assert.Equal(
                    x.SelectMany((step, t) => step.Select((value, i) => value - x[Math.Max(0, t - test.lag)][i])), differences[row]);
                Assert.Equal(
                    x.SelectMany((step, t) => (float[])[.. step, .. x[Math.Max(0, t - test.lag)], .. x[Math.Max(0, t - 2)]]),
                    lagged[row]);
            }
        });
    }

    [Fact]
    public void Characters_become_keys_in_their_order_and_unknown_ones_are_missing()
    {
        IDataView training = _ml.Data.LoadFromEnumerable([new { Text = "banana" }, new { Text = "" }, new { Text = "a😀b" }]);
        IDataView test = _ml.Data.LoadFromEnumerable([new { Text = "nab😀?" }, new { Text = "" }]);
        ITransformer tokens = _ml.Transforms.TokenizeIntoCharacters("Keys", "Text").Fit(training);
        IDataView keyed = tokens.Transform(test);
        Assert.Equal(["a", "b", "n", "😀"], Data.LabelValues.Read(keyed.Schema["Keys"])!.Texts);
        Assert.Equal([[3, 1, 2, 4, 0], []], keyed.GetColumn<uint[]>("Keys"));
        IDataView few = _ml.Transforms.TokenizeIntoCharacters("Keys", "Text", maximumNumberOfKeys: 2).Fit(training).Transform(test);
        Assert.Equal([[0, 1, 2, 0, 0], []], few.GetColumn<uint[]>("Keys"));
    }

    [Fact]
    public void Names_of_slots_go_along_where_the_number_of_steps_is_known()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Reading.Generate(9, 1, seed: 1));
        IDataView data = _ml.Transforms.SlidingWindow("W", ["Wind"], windowSize: 2)
            .Append(_ml.Transforms.SlidingWindow("P", ["Pair"], windowSize: 2)).Fit(rows).Transform(rows);
        Assert.Equal(
            ["Wind[t-1]", "Pair.0[t-1]", "Pair.1[t-1]", "Wind[t]", "Pair.0[t]", "Pair.1[t]"],
            Names(_ml.Transforms.ZipSteps("Out", ["W", "P"])));
        Assert.Equal(["ΔWind[t-1]", "ΔWind[t]"], Names(_ml.Transforms.Differences("Out", "W")));
        Assert.Equal(["Wind[t-1]", "Wind[t-1]-1", "Wind[t]", "Wind[t]-1"], Names(_ml.Transforms.LagFeatures("Out", [0, 1], "W")));
        Assert.Equal(["padding.0[0]", "Wind[t-1]", "Wind[t]"], Names(_ml.Transforms.PadOrTruncate("Out", 3, "W")));
        Assert.Equal(["Wind[t-1]", "Wind[t]"], Names(_ml.Transforms.NormalizeSequence("Out", "W")));

        IEnumerable<string> Names(IEstimator<ITransformer> estimator)
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            estimator.Fit(data).Transform(data).Schema["Out"].GetSlotNames(ref names);
            return names.DenseValues().Select(name => name.ToString());
        }
    }

    private static double Quantile(double[] sorted, double part)
    {
        double place = part * (sorted.Length - 1);
        int below = (int)place;
        return sorted[below] + (place - below) * (sorted[Math.Min(below + 1, sorted.Length - 1)] - sorted[below]);
    }

    private static float[][] Apply(IEstimator<ITransformer> estimator, IDataView data) =>
        [.. estimator.Fit(data).Transform(data).GetColumn<float[]>("Out")];

    private IDataView Keyed(Sequences3[] rows)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView words = _ml.Data.LoadFromEnumerable(Reading.Kinds.Select(kind => new { Words = kind }));
        return _ml.Transforms.Conversion.MapValueToKey("Words", keyData: words).Fit(data).Transform(data);
    }
}
