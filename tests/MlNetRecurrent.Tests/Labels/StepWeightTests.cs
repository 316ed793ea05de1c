using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Taggers with a weight for each step.</summary>
public sealed class StepWeightTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, bool> Taggers => new()
    {
        { nameof(StepWeightRow.Values), false },
        { nameof(StepWeightRow.Answers), false },
        { nameof(StepWeightRow.Keys), false },
        { nameof(StepWeightRow.Keys), true },
    };

    [Theory]
    [MemberData(nameof(Taggers))]
    public void Weights_of_1_give_the_bits_of_no_weights(string label, bool useCrf)
    {
        StepWeightRow[] rows = StepWeightRow.Generate(60, _ => 1);
        Assert.Equal(Train(label, null, rows, useCrf), Train(label, nameof(StepWeightRow.Weights), rows, useCrf));
    }

    [Theory]
    [MemberData(nameof(Taggers))]
    public void Steps_that_all_have_the_weight_of_their_row_give_the_bits_of_weights_of_rows(string label, bool useCrf)
    {
        StepWeightRow[] rows = StepWeightRow.Generate(60, _ => 1);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Weight = 1 + i % 4;
            Array.Fill(rows[i].Weights, rows[i].Weight);
        }
        float[] expected = Train(label, nameof(StepWeightRow.Weight), rows, useCrf);
        Assert.Equal(expected, Train(label, nameof(StepWeightRow.Weights), rows, useCrf));
        Assert.NotEqual(expected, Train(label, null, rows, useCrf));
    }

    [Theory]
    [MemberData(nameof(Taggers))]
    public void A_step_of_weight_0_is_one_without_a_label(string label, bool useCrf)
    {
        StepWeightRow[] masked = StepWeightRow.Generate(60, random => random.Next(3) > 0 ? 1 : 0);
        StepWeightRow[] missing = StepWeightRow.Generate(60, random => random.Next(3) > 0 ? 1 : 0);
        foreach (StepWeightRow row in missing)
        {
            for (int t = 0; t < row.Weights.Length; t++)
            {
                if (row.Weights[t] == 0)
                    (row.Values[t], row.Answers[t], row.Keys[t]) = (float.NaN, float.NaN, 0);
            }
        }
        TrainingProgress? last = null;
        RecurrentTransformer found = Fit(masked, nameof(StepWeightRow.Weights));
        string metrics = Metrics();
        RecurrentTransformer expected = Fit(missing, null);
        Assert.Equal(Weights.Of(expected), Weights.Of(found));
        Assert.Equal(expected.Training.ValidationLoss, found.Training.ValidationLoss);
        Assert.Equal(Metrics(), metrics);
        Assert.InRange(found.Training.Sequences, 30, 47);

        RecurrentTransformer Fit(StepWeightRow[] rows, string? weights) => StepWeightRow.Fit(_ml, label, weights, rows, options =>
        {
            options.UseCrf = useCrf;
            options.ValidationFraction = 0.2;
            options.Progress = new SynchronousProgress(progress => last = progress);
        });

        string Metrics() => string.Join(' ', last!.ValidationMetrics);
    }

    [Theory]
    [MemberData(nameof(Taggers))]
    public void Streamed_and_cut_steps_give_the_same_bits_for_any_number_of_threads(string label, bool useCrf)
    {
        StepWeightRow[] rows = StepWeightRow.Generate(60, random => useCrf ? 2 * random.Next(2) : random.Next(4) / 2f);
        float[] expected = Train(0, 1);
        Assert.Equal(expected, Train(256, 1));
        Assert.Equal(expected, Train(256, 3));
        Assert.NotEqual(expected, this.Train(label, null, rows, useCrf));

        float[] Train(int cacheMegabytes, int threads) =>
            Weights.Of(StepWeightRow.Fit(_ml, label, nameof(StepWeightRow.Weights), rows, options =>
            {
                (options.UseCrf, options.TruncatedBpttSteps) = (useCrf, useCrf ? 0 : 2);
                (options.CacheMegabytes, options.NumberOfThreads) = (cacheMegabytes, threads);
            }));
    }

    [Fact]
    public void A_checkpoint_is_gone_on_from_with_the_same_weights_only()
    {
        string path = Path.GetTempFileName();
        File.Delete(path);
        StepWeightRow[] rows = StepWeightRow.Generate(40, random => random.Next(4));
        float[] Train(int epochs, string? checkpoint) =>
            Weights.Of(StepWeightRow.Fit(_ml, nameof(StepWeightRow.Values), nameof(StepWeightRow.Weights), rows, options =>
                (options.NumberOfEpochs, options.CheckpointPath) = (epochs, checkpoint)));
        float[] expected = Train(4, null);
        Train(2, path);
        Assert.Equal(expected, Train(4, path));
        // The sum of the weights of the row stays the same.
        StepWeightRow changed = rows.First(row => row.Weights is [> 1, > 0, ..]);
        (changed.Weights[0], changed.Weights[1]) = (changed.Weights[0] - 1, changed.Weights[1] + 1);
        AssertRefused<InvalidOperationException>(() => Train(5, path), "the hash of the data");
        File.Delete(path);
    }

    [Fact]
    public void A_training_learns_the_labels_of_the_steps_that_weigh()
    {
        // The labels of the other steps are wrong, and weigh next to nothing.
        StepWeightRow[] rows = StepWeightRow.Generate(300, random => random.Next(2) == 0 ? 1 : 1e-3f);
        foreach (StepWeightRow row in rows)
            row.Answers = [.. row.Answers.Select((answer, t) => row.Weights[t] == 1 ? answer : 1 - answer)];
        RecurrentTransformer model = StepWeightRow.Fit(
            _ml, nameof(StepWeightRow.Answers), nameof(StepWeightRow.Weights), rows, options => options.NumberOfEpochs = 30);
        bool[][] found = [.. model.Transform(_ml.Data.LoadFromEnumerable(rows)).GetColumn<bool[]>("PredictedLabel")];
        double right = rows.Zip(found).SelectMany(pair => pair.Second.Select((answer, t) => answer == pair.First.Values[t] > 0))
            .Average(isRight => isRight ? 1.0 : 0);
        Assert.InRange(right, 0.9, 1);
    }

    [Theory]
    [InlineData(float.NaN, "is NaN; a weight is a finite number of at least 0.")]
    [InlineData(-0.5f, "is -0.5; a weight is a finite number of at least 0.")]
    [InlineData(float.PositiveInfinity, "is Infinity; a weight is a finite number of at least 0.")]
    public void A_weight_that_is_none_is_named_with_its_row_and_step(float weight, string expected)
    {
        StepWeightRow[] rows = StepWeightRow.Generate(20, _ => 1);
        rows[7].Weights[^1] = weight;
        AssertRefused<InvalidOperationException>(
            () => Train(nameof(StepWeightRow.Values), nameof(StepWeightRow.Weights), rows),
            $"Example weight column 'Weights': row 7, step {rows[7].Weights.Length - 1} (both counted from 0) {expected}");
    }

    [Fact]
    public void As_many_weights_as_steps_are_needed_and_some_must_be_above_0()
    {
        StepWeightRow[] rows = StepWeightRow.Generate(20, _ => 1);
        rows[4].Weights = [.. rows[4].Weights, 1, 1];
        int steps = rows[4].Values.Length;
        AssertRefused<InvalidOperationException>(
            () => Train(nameof(StepWeightRow.Values), nameof(StepWeightRow.Weights), rows),
            $"Row 4 (counted from 0) has {steps + 2} weights in column 'Weights' for {steps} steps in column 'Features'; "
            + "there must be one for each.");
        AssertRefused<InvalidOperationException>(
            () => Train(nameof(StepWeightRow.Values), nameof(StepWeightRow.Weights), StepWeightRow.Generate(20, _ => 0)),
            "All 20 rows with a label have the weight 0 in column 'Weights'");
    }

    [Fact]
    public void Weights_of_a_CRF_that_differ_within_a_row_are_refused()
    {
        StepWeightRow[] rows = StepWeightRow.Generate(20, _ => 1);
        (rows[3].Features, rows[3].Keys, rows[3].Weights) = (new float[8], [1, 2, 3, 1], [0, 2, 0, 3]);
        AssertRefused<InvalidOperationException>(
            () => Train(nameof(StepWeightRow.Keys), nameof(StepWeightRow.Weights), rows, useCrf: true),
            "Example weight column 'Weights': row 3, step 3 (both counted from 0) is 3, step 1 is 2. With UseCrf, whose loss has one "
            + "weight for all labels of a sequence, all weights of a row that are not 0 must be the same.");
    }

    [Fact]
    public void Trainers_with_one_label_for_a_sequence_take_one_weight()
    {
        IDataView data = VectorRow.View(_ml, VectorRow.Generate(20));
        RecurrentOptions options = VectorRow.Options(nameof(VectorRow.Sum));
        options.ExampleWeightColumnName = nameof(VectorRow.Means);
        AssertRefused<ArgumentOutOfRangeException>(
            () => _ml.Regression.Trainers.Recurrent(options).Fit(data),
            "'Means' is a vector of Single of variable length; expected Single.");
        options = VectorRow.Options(nameof(VectorRow.Means));
        options.ExampleWeightColumnName = nameof(VectorRow.Rises);
        AssertRefused<ArgumentOutOfRangeException>(
            () => _ml.Regression.Trainers.SequenceTagger(options).Fit(data),
            "'Rises' is a vector of Boolean of variable length; expected Single, or a vector of Single, one a step.");
    }

    private float[] Train(string label, string? weights, StepWeightRow[] rows, bool useCrf = false) =>
        Weights.Of(StepWeightRow.Fit(_ml, label, weights, rows, options => options.UseCrf = useCrf));

    private static void AssertRefused<T>(Func<object> action, string expected)
        where T : Exception =>
        Assert.Contains(expected, Assert.Throws<T>(action).Message, StringComparison.Ordinal);
}
