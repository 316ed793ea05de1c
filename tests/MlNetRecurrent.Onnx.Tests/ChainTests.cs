using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Transforms;

namespace MlNetRecurrent.Onnx.Tests;

public sealed class ChainTests
{
    private static readonly string[] _words = ["good", "bad", "fair", "unheard of"];

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("Predicted")]
    [InlineData("PredictedLabel")]
    public void Words_become_keys_and_keys_become_labels_in_the_file(string labelColumn)
    {
        Review[] rows = Review.Generate(150);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IDataView keyData = _ml.Data.LoadFromEnumerable(_words[..3].Select(word => new { Keys = word }));
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label", "Opinion")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Keys", "Words", keyData: keyData))
            .Append(_ml.Transforms.CopyColumns("Features", "Keys"))
            .Append(_ml.MulticlassClassification.Trainers.Lstm(hiddenSize: 8, numberOfEpochs: 8, learningRate: 0.02f))
            .Append(_ml.Transforms.Conversion.MapKeyToValue(labelColumn, "PredictedLabel"))
            // What has nothing to do with the network is left out.
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Truth", "Label"))
            .Append(_ml.Transforms.CopyColumns("Other", "Opinion"));
        ITransformer model = pipeline.Fit(data);
        IDataView scored = model.Transform(data);
        using InferenceSession session = Session(model, data.Schema);
        float[][] expected = [.. scored.GetColumn<float[]>("Score")];
        string[] predicted = [.. scored.GetColumn<string>(labelColumn)];
        Assert.Equal(2, predicted.Distinct().Count());
        for (int i = 0; i < rows.Length; i++)
        {
            using var input = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [1, rows[i].Words.Length]);
            for (int t = 0; t < rows[i].Words.Length; t++)
                input.StringTensorSetElementAt(rows[i].Words[t], t);
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, ["Words"], [input], ["Score", labelColumn]);
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
        var pipeline = _ml.Transforms
            .ReplaceMissingValues("Filled", "Features", MissingValueReplacingEstimator.ReplacementMode.DefaultValue)
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
            using IDisposableReadOnlyCollection<OrtValue> outputs =
                session.Run(options, ["Features", "Tokens"], [features, tokens], ["Score"]);
            AssertNear([expected[i]], outputs[0].GetTensorDataAsSpan<float>());
        }
    }

    public static TheoryData<string> Overwriting => ["CopyColumns", "ReplaceMissingValues", "NormalizeSequence", "in place"];

    [Theory]
    [MemberData(nameof(Overwriting))]
    public void A_column_that_takes_the_place_of_another_of_its_name_is_the_one_that_is_read(string name)
    {
        SequenceRow[] rows = SequenceRow.Generate(60, seed: 1);
        rows[3].Other[0] = float.NaN;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IEstimator<ITransformer> before = name switch
        {
            "CopyColumns" => _ml.Transforms.ReplaceMissingValues("Other").Append(_ml.Transforms.CopyColumns("Features", "Other")),
            "ReplaceMissingValues" => _ml.Transforms.ReplaceMissingValues("Features", "Other"),
            "NormalizeSequence" => _ml.Transforms.ReplaceMissingValues("Other")
                .Append(_ml.Transforms.NormalizeSequence("Features", "Other")),
            _ => _ml.Transforms.ReplaceMissingValues("Other")
                .Append(_ml.Transforms.NormalizeSequence("Other"))
                .Append(_ml.Transforms.CopyColumns("Features", "Other")),
        };
        ITransformer model = before.Append(_ml.Regression.Trainers.Gru("Value", hiddenSize: 4, numberOfEpochs: 2)).Fit(data);
        float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
        using InferenceSession session = Session(model, data.Schema);
        Assert.Equal(["Other"], session.InputMetadata.Keys);
        for (int i = 0; i < rows.Length; i++)
            AssertNear([expected[i]], Run(session, "Other", rows[i].Other, 2));
    }

    [Fact]
    public void Words_that_become_keys_under_their_own_name_are_texts_in_the_file()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Review.Generate(50));
        ITransformer model = _ml.Transforms.Conversion.MapValueToKey("Label", "Opinion")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Words"))
            .Append(_ml.MulticlassClassification.Trainers.Lstm(featureColumnName: "Words", hiddenSize: 4, numberOfEpochs: 1)).Fit(data);
        using InferenceSession session = Session(model, data.Schema);
        Assert.Equal(typeof(string), session.InputMetadata["Words"].ElementType);
    }

    [Fact]
    public void Features_of_a_step_that_only_an_option_says_are_in_the_file()
    {
        SequenceRow[] rows = SequenceRow.Generate(60, seed: 1);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        IEstimator<ITransformer>[] estimators =
        [
            _ml.Transforms.CopyColumns("X", "Plain"),
            _ml.Transforms.Differences("X", "Plain", numberOfFeatures: 2),
            _ml.Transforms.NormalizeSequence("X", "Plain", numberOfFeatures: 2),
        ];
        foreach (IEstimator<ITransformer> before in estimators)
        {
            var options = new RecurrentOptions
            {
                LabelColumnName = "Value",
                FeatureColumnName = "X",
                NumberOfFeatures = 2,
                Layers = [new GruLayer(4)],
                NumberOfEpochs = 2,
                Seed = 1,
            };
            ITransformer model = before.Append(_ml.Regression.Trainers.Recurrent(options)).Fit(data);
            float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
            using InferenceSession session = Session(model, data.Schema);
            for (int i = 0; i < rows.Length; i++)
                AssertNear([expected[i]], Run(session, "Plain", rows[i].Plain, 2));
        }
    }

    [Fact]
    public void Differences_of_an_empty_sequence_are_none()
    {
        SequenceRow[] rows = SequenceRow.Generate(30, seed: 1, shortest: 0);
        rows[4].Features = [];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        ITransformer model = _ml.Transforms.Differences("X", "Features")
            .Append(_ml.Transforms.LagFeatures("Y", [0, 2], "X"))
            .Append(_ml.Regression.Trainers.Gru("Value", "Y", hiddenSize: 4, numberOfEpochs: 1)).Fit(data);
        using InferenceSession session = Session(model, data.Schema);
        float score = model.Transform(data).GetColumn<float>("Score").ElementAt(4);
        AssertNear([score], Run(session, "Features", [], SequenceRow.FeaturesOfAStep));
    }

    [Theory]
    [InlineData("layers.0.W")]
    [InlineData("lengths")]
    public void A_column_with_the_name_of_something_else_in_the_file_is_refused(string name)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(30, seed: 1));
        IDataView named = _ml.Transforms.CopyColumns(name, "Features").Fit(data).Transform(data);
        RecurrentTransformer model = _ml.Regression.Trainers.Gru("Value", name, hiddenSize: 4, numberOfEpochs: 1).Fit(named);
        var exception = Assert.Throws<InvalidOperationException>(() => model.SaveAsOnnx(new MemoryStream()));
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transformer_that_cannot_be_expressed_is_named_with_the_way_round_it()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(30, seed: 1));
        ITransformer model = _ml.Transforms.PadOrTruncate("X", 5, "Features")
            .Append(_ml.Regression.Trainers.Gru("Value", "X", hiddenSize: 4, numberOfEpochs: 1)).Fit(data);
        string message = Assert.Throws<NotSupportedException>(() => Session(model, data.Schema)).Message;
        Assert.Contains("PaddedSequence cannot be expressed", message, StringComparison.Ordinal);
        Assert.Contains("ApplyRecurrentOnnx stands in its place", message, StringComparison.Ordinal);
        IDataView reviews = _ml.Data.LoadFromEnumerable(Review.Generate(20));
        ITransformer ofTexts = _ml.Transforms.TokenizeIntoCharacters("X", "Opinion")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Label", "Opinion"))
            .Append(_ml.MulticlassClassification.Trainers.Gru("Label", "X", hiddenSize: 4, numberOfEpochs: 1)).Fit(reviews);
        var characters = Assert.Throws<NotSupportedException>(() => Session(ofTexts, reviews.Schema));
        Assert.Contains("CharacterTokens cannot be expressed", characters.Message, StringComparison.Ordinal);
        ITransformer ofClasses = _ml.Transforms.Conversion.MapValueToKey("Label", "Opinion")
            .Append(_ml.Transforms.TokenizeIntoCharacters("X", "Opinion"))
            .Append(_ml.MulticlassClassification.Trainers.OneVersusAll(
                _ml.BinaryClassification.Trainers.Gru(featureColumnName: "X", hiddenSize: 4, numberOfEpochs: 1))).Fit(reviews);
        var oneVersusAll = Assert.Throws<NotSupportedException>(() => Session(ofClasses, reviews.Schema));
        Assert.StartsWith(
            "A model of OneVersusAll has one network for each class, which is not saved as ONNX.", oneVersusAll.Message,
            StringComparison.Ordinal);
        ITransformer copy = _ml.Transforms.CopyColumns("a", "Value").Fit(data);
        var noNetwork = Assert.Throws<NotSupportedException>(() => Session(copy, data.Schema));
        Assert.Contains("no recurrent network", noNetwork.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GroupIntoSequences")]
    [InlineData("SlidingWindow")]
    public void Rows_that_are_made_of_several_are_refused_with_the_name_of_the_transform(string name)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 60).Select(i => new { Group = $"{i / 5}", D = MathF.Sin(i), Value = 1f + i % 7 }));
        IEstimator<ITransformer> before = name == "SlidingWindow"
            ? _ml.Transforms.SlidingWindow("X", ["D"], windowSize: 3)
            : _ml.Transforms.GroupIntoSequences("Group", orderColumnName: null, ["D"], ["Value"]);
        string features = name == "SlidingWindow" ? "X" : "D";
        ITransformer model = before.Append(_ml.Regression.Trainers.Gru("Value", features, hiddenSize: 4, numberOfEpochs: 1)).Fit(data);
        string message = Assert.Throws<NotSupportedException>(() => Session(model, data.Schema)).Message;
        string transformer = name == "SlidingWindow" ? "WindowTransformer" : "GroupingTransformer";
        string start = $"{transformer} cannot be expressed in ONNX by this library: column '{features}'";
        Assert.StartsWith(start, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GroupIntoSequences", "GroupingTransformer")]
    [InlineData("Resample", "ResampleTransformer")]
    public void A_transform_behind_the_network_that_makes_other_rows_is_refused_by_name(string name, string transformer)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i =>
            new { Group = $"{i / 5}", Hour = (float)i, D = new[] { MathF.Sin(i), 1, MathF.Cos(i) }, Value = 1f + i % 7 }));
        IEstimator<ITransformer> behind = name == "Resample"
            ? _ml.Transforms.Resample(
                new() { OrderColumnName = "Hour", OrderInterval = 5, Columns = [new("Score", ResampleFunction.Mean)] })
            : _ml.Transforms.GroupIntoSequences("Group", orderColumnName: null, ["Score"]);
        ITransformer model = _ml.Regression.Trainers.Gru("Value", "D", hiddenSize: 4, numberOfEpochs: 1).Append(behind).Fit(data);
        string message = Assert.Throws<NotSupportedException>(() => Session(model, data.Schema)).Message;
        Assert.StartsWith(
            $"{transformer} cannot be expressed in ONNX by this library: what stands behind the network", message,
            StringComparison.Ordinal);
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

    private static float[] Run(InferenceSession session, string name, float[] values, int features)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(values, [1, values.Length / features, features]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, [name], [input], ["Score"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
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
                bool isGood = words.Count(word => word == "good") > words.Count(word => word == "bad");
                return new Review { Words = words, Opinion = isGood ? "praise" : "blame" };
            })];
        }
    }
}
