using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests;

public sealed class SequenceTaggerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void It_learns_a_label_for_every_step_that_depends_on_steps_before_and_after()
    {
        IDataView data = Data(400), scored = Pipeline().Fit(data).Transform(Data(200, seed: 2));
        string[][] expected = [.. _ml.Data.CreateEnumerable<Sentence>(Data(200, seed: 2), reuseRowObject: false).Select(row => row.Tags)];
        string[][] predicted = [.. _ml.Data.CreateEnumerable<Tagged>(scored, reuseRowObject: false).Select(row => row.Predicted)];
        int right = expected.Zip(predicted).Sum(pair => pair.First.Zip(pair.Second).Count(tags => tags.First == tags.Second));
        int all = expected.Sum(tags => tags.Length);
        Assert.Equal(expected.Select(tags => tags.Length), predicted.Select(tags => tags.Length));
        Assert.InRange((double)right / all, 0.97, 1);
    }

    [Fact]
    public void Scores_are_the_probabilities_of_all_labels_at_every_step_and_the_predicted_label_is_the_likeliest()
    {
        IDataView scored = Pipeline().Fit(Data(100)).Transform(Data(30, seed: 2));
        Assert.Equal(3, ((VectorDataViewType)scored.Schema["Score"].Type).Dimensions[1]);
        foreach (Tagged row in _ml.Data.CreateEnumerable<Tagged>(scored, reuseRowObject: false))
        {
            float[][] steps = [.. row.Score.Chunk(3)];
            Assert.Equal(row.PredictedLabel.Length, steps.Length);
            Assert.All(steps, step => Assert.Equal(1, step.Sum(), 1e-5f));
            Assert.Equal(steps.Select(step => (uint)Array.IndexOf(step, step.Max()) + 1), row.PredictedLabel);
        }
    }

    [Fact]
    public void It_comes_back_from_a_file_and_scores_single_rows_as_it_scores_many()
    {
        IDataView data = Data(60);
        ITransformer model = Pipeline().Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _ml.Model.Load(stream, out _);
        float[][] expected = [.. model.Transform(data).GetColumn<float[]>("Score")];
        Assert.Equal(expected, loaded.Transform(data).GetColumn<float[]>("Score"));
        using PredictionEngine<Sentence, Tagged> engine = _ml.Model.CreatePredictionEngine<Sentence, Tagged>(loaded);
        Assert.Equal(expected, _ml.Data.CreateEnumerable<Sentence>(data, reuseRowObject: false).Select(row => engine.Predict(row).Score));
    }

    [Fact]
    public void The_schema_before_the_training_is_the_schema_after_it()
    {
        IDataView data = Data(50);
        SchemaChecks.AssertSame(Pipeline().GetOutputSchema(SchemaShapes.Of(data.Schema)), Pipeline().Fit(data).Transform(data).Schema);
    }

    [Fact]
    public void Steps_without_a_label_are_not_learnt_and_rows_without_any_are_left_out()
    {
        // Every second label is wrong, in a second copy of the data they are missing: what is learned then is right.
        IDataView labels = _ml.Data.LoadFromEnumerable([new { Tags = "same" }, new { Tags = "rises" }, new { Tags = "falls" }]);
        IEstimator<ITransformer> keys = _ml.Transforms.Conversion.MapValueToKey("Tokens")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Tags", keyData: labels));
        Sentence[] rows = Generate(300);
        foreach (Sentence row in rows)
            row.Tags = [.. row.Tags.Select((tag, t) => t % 2 == 0 ? tag : "unknown")];
        rows[5].Tags = [.. rows[5].Tags.Select(_ => "unknown")];
        ITransformer model = keys.Append(Trainer())
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel")).Fit(_ml.Data.LoadFromEnumerable(rows));
        Sentence[] test = Generate(100, seed: 2);
        IDataView scored = model.Transform(_ml.Data.LoadFromEnumerable(test));
        string[][] predicted = [.. scored.GetColumn<ReadOnlyMemory<char>[]>("Predicted")
            .Select(tags => tags.Select(tag => tag.ToString()).ToArray())];
        double accuracy = test.Zip(predicted).SelectMany(pair => pair.First.Tags.Zip(pair.Second))
            .Average(pair => pair.First == pair.Second ? 1.0 : 0.0);
        Assert.InRange(accuracy, 0.9, 1);
    }

    [Fact]
    public void Another_number_of_labels_than_steps_a_scalar_label_and_joined_steps_are_refused()
    {
        Sentence[] rows = Generate(10);
        rows[4].Tags = [.. rows[4].Tags, "same"];
        string message = Assert.Throws<InvalidOperationException>(() => Pipeline().Fit(_ml.Data.LoadFromEnumerable(rows))).Message;
        Assert.Contains("Row 4", message, StringComparison.Ordinal);
        Assert.Contains(
            $"{rows[4].Tags.Length} labels in column 'Tags' for {rows[4].Tokens.Length} steps in column 'Tokens'",
            message, StringComparison.Ordinal);

        rows[4].Tags = [];
        message = Assert.Throws<InvalidOperationException>(() => Pipeline().Fit(_ml.Data.LoadFromEnumerable(rows))).Message;
        Assert.Contains("Row 4 (counted from 0) has 0 labels", message, StringComparison.Ordinal);

        IDataView examples = _ml.Data.LoadFromEnumerable(Example.Generate(10));
        IDataView scalar = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(examples).Transform(examples);
        message = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.MulticlassClassification.Trainers.SequenceTagger(new()).Fit(scalar)).Message;
        Assert.Contains("vector of keys", message, StringComparison.Ordinal);
        RecurrentOptions joined = new() { Layers = [new LstmLayer(4) { TimeReduction = 2 }] };
        message = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.MulticlassClassification.Trainers.SequenceTagger(joined)).Message;
        Assert.Contains("TimeReduction", message, StringComparison.Ordinal);
    }

    private RecurrentTrainer Trainer() => _ml.MulticlassClassification.Trainers.SequenceTagger(new()
    {
        LabelColumnName = "Tags",
        FeatureColumnName = "Tokens",
        Layers = [new GruLayer(16) { Bidirectional = true }, new StackLayer(16) { NumberOfStacks = 2, StackSize = 4 }],
        EmbeddingSize = 8,
        NumberOfEpochs = 20,
        LearningRate = 0.02f,
        Seed = 1,
    });

    private IEstimator<ITransformer> Pipeline() => _ml.Transforms.Conversion.MapValueToKey("Tokens")
        .Append(_ml.Transforms.Conversion.MapValueToKey("Tags"))
        .Append(Trainer()).Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));

    private IDataView Data(int count, int seed = 1) => _ml.Data.LoadFromEnumerable(Generate(count, seed));

    /// <summary>Whether the letter after a step rises above the letter before it.</summary>
    private static Sentence[] Generate(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            int[] letters = [.. Enumerable.Range(0, random.Next(2, 9)).Select(_ => random.Next(3))];
            return new Sentence
            {
                Tokens = [.. letters.Select(letter => $"{(char)('a' + letter)}")],
                Tags = [.. letters.Select(
                    (_, t) => Math.Sign(letters[Math.Min(t + 1, letters.Length - 1)] - letters[Math.Max(t - 1, 0)]) switch
                    {
                        0 => "same",
                        1 => "rises",
                        _ => "falls",
                    })],
            };
        })];
    }

    private sealed class Sentence
    {
        public string[] Tokens { get; set; } = [];

        public string[] Tags { get; set; } = [];
    }

    private sealed class Tagged
    {
        public string[] Predicted { get; set; } = [];

        public uint[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];
    }
}
