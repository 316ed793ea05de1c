using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms;

namespace MlNetRecurrent.Onnx.Tests;

public sealed class ChainTests
{
    private static readonly string[] _words = ["good", "bad", "fair", "unheard of"];

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Words_become_keys_and_keys_become_labels_in_the_file()
    {
        Review[] rows = Review.Generate(150);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Opinion")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Keys", "Words", keyData: _ml.Data.LoadFromEnumerable(_words[..3].Select(word => new { Keys = word }))))
            .Append(_ml.Transforms.CopyColumns("Features", "Keys"))
            .Append(_ml.MulticlassClassification.Trainers.Lstm(hiddenSize: 8, numberOfEpochs: 8, learningRate: 0.02f))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
        ITransformer model = pipeline.Fit(data);
        IDataView scored = model.Transform(data);
        using InferenceSession session = Session(model, data.Schema);
        float[][] expected = [.. scored.GetColumn<float[]>("Score")];
        string[] predicted = [.. scored.GetColumn<string>("Predicted")];
        Assert.Equal(2, predicted.Distinct().Count());
        for (int i = 0; i < rows.Length; i++)
        {
            using var input = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [1, rows[i].Words.Length]);
            for (int t = 0; t < rows[i].Words.Length; t++)
                input.StringTensorSetElementAt(rows[i].Words[t], t);
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["Words"], [input], ["Score", "Predicted"]);
            AssertNear(expected[i], outputs[0].GetTensorDataAsSpan<float>());
            Assert.Equal(predicted[i], outputs[1].GetStringElement(0));
        }
    }

    [Fact]
    public void Transforms_of_sequences_are_in_the_file_and_columns_that_nobody_needs_are_not()
    {
        SequenceRow[] rows = SequenceRow.Generate(100, seed: 1);
        rows[3].Features[0] = float.NaN;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var pipeline = _ml.Transforms.ReplaceMissingValues("Filled", "Features", MissingValueReplacingEstimator.ReplacementMode.DefaultValue)
            .Append(_ml.Transforms.NormalizeSequence("Scaled", "Filled", SequenceNormalization.MinMax))
            .Append(_ml.Transforms.Differences("Changes", "Scaled", lag: 2))
            .Append(_ml.Transforms.LagFeatures("Lagged", [0, 1, 3], "Scaled"))
            .Append(_ml.Transforms.ZipSteps("X", ["Changes", "Tokens", "Lagged"]))
            .Append(_ml.Regression.Trainers.Gru("Value", "X", hiddenSize: 6, numberOfEpochs: 2));
        ITransformer model = pipeline.Fit(data);
        using InferenceSession session = Session(model, data.Schema);
        Assert.Equal(["Features", "Tokens"], session.InputMetadata.Keys.Order());
        float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
        for (int i = 0; i < rows.Length; i++)
        {
            int steps = rows[i].Tokens.Length;
            using var features = OrtValue.CreateTensorValueFromMemory(rows[i].Features, [1, steps, SequenceRow.FeaturesOfAStep]);
            using var tokens = OrtValue.CreateTensorValueFromMemory(rows[i].Tokens, [1, steps]);
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["Features", "Tokens"], [features, tokens], ["Score"]);
            AssertNear([expected[i]], outputs[0].GetTensorDataAsSpan<float>());
        }
    }

    [Fact]
    public void A_transformer_that_cannot_be_expressed_is_named_with_the_way_round_it()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(30, seed: 1));
        ITransformer model = _ml.Transforms.PadOrTruncate("X", 5, "Features").Append(_ml.Regression.Trainers.Gru("Value", "X", hiddenSize: 4, numberOfEpochs: 1)).Fit(data);
        string message = Assert.Throws<NotSupportedException>(() => Session(model, data.Schema)).Message;
        Assert.Contains("PaddedSequence cannot be expressed", message, StringComparison.Ordinal);
        Assert.Contains("ApplyOnnxModel stands in its place", message, StringComparison.Ordinal);
        Assert.Contains("0 recurrent networks", Assert.Throws<NotSupportedException>(() => Session(_ml.Transforms.CopyColumns("a", "Value").Fit(data), data.Schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_there_stays_when_the_model_cannot_be_saved()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(30, seed: 1));
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "before");
        Assert.Throws<NotSupportedException>(() => _ml.Transforms.CopyColumns("a", "Value").Fit(data).SaveAsOnnx(data.Schema, path));
        Assert.Equal("before", File.ReadAllText(path));
        Assert.False(File.Exists(path + ".writing"));
        File.Delete(path);
    }

    private static InferenceSession Session(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        model.SaveAsOnnx(schema, stream);
        return new(stream.ToArray());
    }

    private static void AssertNear(float[] expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], found[i], 1e-5f * Math.Max(1, Math.Abs(expected[i])));
    }

    private sealed class Review
    {
        public string[] Words { get; set; } = [];

        public string Opinion { get; set; } = "";

        public static Review[] Generate(int count)
        {
            var random = new Random(1);
            return [.. Enumerable.Range(0, count).Select(_ =>
            {
                string[] words = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => _words[random.Next(4)])];
                return new Review { Words = words, Opinion = words.Count(word => word == "good") > words.Count(word => word == "bad") ? "praise" : "blame" };
            })];
        }
    }
}
