using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Labels;

/// <summary>Taggers that predict a value, or yes or no, for each step.</summary>
public sealed class StepLabelTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_value_is_learned_for_each_step_in_the_unit_of_the_labels()
    {
        VectorRow[] rows = VectorRow.Generate(300), test = VectorRow.Generate(100, seed: 2);
        foreach (VectorRow row in (IEnumerable<VectorRow>)[.. rows, .. test])
            row.Means = [.. row.Means.Select(mean => 500 + 100 * mean)];
        IDataView scored = Values("Means", 30).Fit(VectorRow.View(_ml, rows)).Transform(VectorRow.View(_ml, test));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), scored.Schema["Score"].Type);
        Assert.Equal(test.Select(row => row.Means.Length), scored.GetColumn<float[]>("Score").Select(scores => scores.Length));
        double error = Math.Sqrt(test.Zip(scored.GetColumn<float[]>("Score"))
            .SelectMany(pair => pair.First.Means.Zip(pair.Second)).Average(step => Math.Pow(step.First - step.Second, 2)));
        Assert.InRange(error, 0.1, 10);
    }

    [Fact]
    public void Yes_or_no_is_learned_for_each_step()
    {
        VectorRow[] test = VectorRow.Generate(100, seed: 2);
        IDataView scored = Answers("Rises", 40).Fit(View(300)).Transform(VectorRow.View(_ml, test));
        Assert.Equal(new VectorDataViewType(BooleanDataViewType.Instance), scored.Schema["PredictedLabel"].Type);
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single), scored.Schema["Probability"].Type);
        double accuracy = test.Zip(scored.GetColumn<bool[]>("PredictedLabel"))
            .SelectMany(pair => pair.First.Rises.Zip(pair.Second)).Average(step => step.First == step.Second ? 1.0 : 0);
        Assert.InRange(accuracy, 0.93, 1);
        Assert.All(
            scored.GetColumn<float[]>("Probability").Zip(scored.GetColumn<bool[]>("PredictedLabel")),
            row => Assert.Equal(row.First.Select(p => p > 0.5f), row.Second));
    }

    [Fact]
    public void Steps_without_a_label_are_not_learned_from_and_neither_are_rows_without_any()
    {
        VectorRow[] rows = VectorRow.Generate(60);
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Means[0] = float.NaN;
            if (i % 4 == 0)
                Array.Fill(rows[i].Means, float.NaN);
        }
        RecurrentTransformer model = Values("Means").Fit(VectorRow.View(_ml, rows));
        Assert.Equal(45, model.Training.Sequences);
        Assert.True(double.IsFinite(model.Training.FinalLoss));
    }

    [Fact]
    public void As_many_labels_as_steps_are_needed_and_each_must_be_fit()
    {
        VectorRow[] rows = VectorRow.Generate(20);
        rows[5].Means = [1];
        AssertRefused<InvalidOperationException>(
            () => Values("Means").Fit(VectorRow.View(_ml, rows)), "Row 5 (counted from 0) has 1 labels in column 'Means'");
        rows = VectorRow.Generate(20);
        rows[6].Means[2] = float.PositiveInfinity;
        AssertRefused<InvalidOperationException>(
            () => Values("Means").Fit(VectorRow.View(_ml, rows)), "row 6 (counted from 0), step 2 (counted from 0), is infinite");
        AssertRefused<InvalidOperationException>(
            () => Answers("Means").Fit(View(20)), "row 0 (counted from 0), step 0 (counted from 0), is ");
        AssertRefused<ArgumentOutOfRangeException>(() => Values("Sum").Fit(View(20)), "expected a vector of Single, one a step");
        AssertRefused<ArgumentOutOfRangeException>(() => Answers("Sum").Fit(View(20)), "expected a vector of Boolean or Single");
    }

    [Fact]
    public void Metrics_of_the_validation_data_are_those_over_all_steps()
    {
        TrainingProgress? last = null;
        VectorRow[] validation = VectorRow.Generate(50, seed: 2);
        RecurrentOptions options = VectorRow.Options("Means", 2);
        options.Progress = new SynchronousProgress(progress => last = progress);
        RecurrentTransformer model = _ml.Regression.Trainers.SequenceTagger(options).Fit(View(200), VectorRow.View(_ml, validation));
        float[] errors = [.. validation.Zip(model.Transform(VectorRow.View(_ml, validation)).GetColumn<float[]>("Score"))
            .SelectMany(pair => pair.First.Means.Zip(pair.Second, (label, score) => score - label))];
        Assert.Equal(Math.Sqrt(errors.Average(error => (double)error * error)), last!.ValidationMetrics[0].Value, 1e-5);
        Assert.Equal(errors.Average(error => Math.Abs((double)error)), last.ValidationMetrics[1].Value, 1e-5);
        // In the unit of the labels, as that of whole sequences.
        Assert.Equal(Math.Pow(last.ValidationMetrics[0].Value, 2), model.Training.ValidationLoss!.Value, 1e-4);

        options.LabelColumnName = "Rises";
        model = _ml.BinaryClassification.Trainers.SequenceTagger(options).Fit(View(200), VectorRow.View(_ml, validation));
        double accuracy = validation.Zip(model.Transform(VectorRow.View(_ml, validation)).GetColumn<bool[]>("PredictedLabel"))
            .SelectMany(pair => pair.First.Rises.Zip(pair.Second)).Average(step => step.First == step.Second ? 1.0 : 0);
        Assert.Equal(("Accuracy", (float)accuracy), (last.ValidationMetrics[0].Key, (float)last.ValidationMetrics[0].Value));
        Assert.Equal("AreaUnderRocCurve", last.ValidationMetrics[1].Key);
    }

    [Fact]
    public void Steps_that_are_cut_into_windows_and_streamed_give_the_same_weights_for_any_number_of_threads()
    {
        float[] Train(int cacheMegabytes, int threads)
        {
            RecurrentOptions options = VectorRow.Options("Rises");
            (options.TruncatedBpttSteps, options.CacheMegabytes, options.NumberOfThreads) = (2, cacheMegabytes, threads);
            return Weights.Of(_ml.BinaryClassification.Trainers.SequenceTagger(options).Fit(View(100)));
        }
        float[] expected = Train(256, 1);
        Assert.Equal(expected, Train(0, 1));
        Assert.Equal(expected, Train(256, 4));
    }

    [Fact]
    public void Named_arguments_make_the_same_tagger_as_options()
    {
        IDataView data = View(40);
        RecurrentTrainer trainer = _ml.Regression.Trainers.SequenceTagger("Means", hiddenSize: 5, numberOfEpochs: 1);
        RecurrentTransformer values = trainer.Fit(data);
        trainer = _ml.BinaryClassification.Trainers.SequenceTagger("Rises", hiddenSize: 5, numberOfEpochs: 1);
        RecurrentTransformer answers = trainer.Fit(data);
        // An LSTM of 5 units in both directions, with 2 features, and a linear layer with a bias.
        Assert.Equal(2 * (4 * 5 * (2 + 5 + 1)) + 10 + 1, values.NumberOfParameters);
        Assert.Equal(values.NumberOfParameters, answers.NumberOfParameters);
    }

    private static void AssertRefused<T>(Func<object> action, string expected)
        where T : Exception =>
        Assert.Contains(expected, Assert.Throws<T>(action).Message, StringComparison.Ordinal);

    private IDataView View(int count, int seed = 1) => VectorRow.View(_ml, VectorRow.Generate(count, seed));

    private RecurrentTrainer Values(string label, int epochs = 3) =>
        _ml.Regression.Trainers.SequenceTagger(VectorRow.Options(label, epochs));

    private RecurrentTrainer Answers(string label, int epochs = 3) =>
        _ml.BinaryClassification.Trainers.SequenceTagger(VectorRow.Options(label, epochs));
}
