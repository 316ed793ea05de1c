using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

public sealed class NotFiniteTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>A rectifier network that doubles its state at each step grows beyond all floats after some hundred steps.</summary>
    [Theory]
    [InlineData(SequencePooling.Last, false)]
    [InlineData(SequencePooling.Mean, false)]
    [InlineData(SequencePooling.Max, false)]
    [InlineData(SequencePooling.Last, true)]
    [InlineData(SequencePooling.Max, true)]
    [InlineData(SequencePooling.LastMeanMax, false)]
    public void A_row_whose_states_grow_beyond_all_bounds_is_an_error_that_names_it_and_others_are_scored(
        SequencePooling pooling, bool bidirectional)
    {
        Growth[] rows = [.. Enumerable.Range(0, 300).Select(i => Growth.Of(1 + i % 10))];
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(new()
        {
            Layers = [new ElmanLayer(16) { Activation = ElmanActivation.Relu, Bidirectional = bidirectional }],
            Pooling = pooling,
            NormalizeFeatures = false,
            NumberOfEpochs = 60,
            LearningRate = 0.005f,
            Seed = 1,
        }).Fit(_ml.Data.LoadFromEnumerable(rows));
        Growth[] test = [Growth.Of(3), Growth.Of(5000), Growth.Of(4)];
        var scores = new List<float>();
        string message = Assert.Throws<InvalidOperationException>(() =>
        {
            foreach (float score in model.Transform(_ml.Data.LoadFromEnumerable(test)).GetColumn<float>("Score"))
                scores.Add(score);
        }).Message;
        Assert.Contains("Row 1 (counted from 0) cannot be scored", message, StringComparison.Ordinal);
        Assert.True(float.IsFinite(Assert.Single(scores)));
        using PredictionEngine<Growth, Answer> engine = _ml.Model.CreatePredictionEngine<Growth, Answer>(model);
        Assert.Throws<InvalidOperationException>(() => engine.Predict(test[1]));
        Assert.Equal(scores[0], engine.Predict(test[0]).Score);
    }

    [Fact]
    public void No_class_is_predicted_where_the_probabilities_are_no_numbers()
    {
        Example[] examples = Example.Generate(100);
        RecurrentOptions options = Example.QuickOptions();
        options.Layers = [new ElmanLayer(8) { Activation = ElmanActivation.Relu }, new ElmanLayer(8) { Activation = ElmanActivation.Relu }];
        options.NormalizeFeatures = false;
        options.NumberOfEpochs = 1;
        ITransformer model = Example.Pipeline(_ml, options).Fit(_ml.Data.LoadFromEnumerable(examples));
        examples[7].Features = [.. Enumerable.Repeat(3e38f, 30)];
        IDataView rows = _ml.Data.LoadFromEnumerable(examples);
        string message = Assert.Throws<InvalidOperationException>(
            () => model.Transform(rows).GetColumn<uint>("PredictedLabel").ToArray()).Message;
        Assert.Contains("Row 7", message, StringComparison.Ordinal);
    }

    private sealed class Growth
    {
        [VectorType(0, 2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public static Growth Of(int steps) =>
            new() { Features = [.. Enumerable.Repeat(1f, 2 * steps)], Label = (float)Math.Pow(1.7, Math.Min(steps, 10)) };
    }

    private sealed class Answer
    {
        public float Score { get; set; }
    }
}
