using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests;

/// <summary>A file in a pipeline stands in the place of the network that it was made of.</summary>
public sealed class ApplyTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private static readonly string[] _tasks = ["binary", "multiclass", "regression", "tagger", "crf", .. ExportTests.VectorTasks];

    public static TheoryData<string, string> Cases =>
        [.. from task in _tasks from column in (string[])["Features", "Tokens"] select (task, column)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_gives_the_columns_that_the_network_gives(string task, string column)
    {
        RecurrentTransformer model = ExportTests.Train(_ml, "Lstm", task, column);
        string path = Path.Combine(_folder, "model.onnx");
        model.SaveAsOnnx(path);
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(100, seed: 2));
        ITransformer applied = _ml.Transforms.ApplyRecurrentOnnx(path).Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(applied, data.Schema, stream);
        stream.Position = 0;
        IDataView expected = model.Transform(data);
        foreach (IDataView found in (IDataView[])[applied.Transform(data), new MLContext().Model.Load(stream, out _).Transform(data)])
        {
            foreach (DataViewSchema.Column added in expected.Schema.Where(added => added.Index >= data.Schema.Count))
            {
                DataViewSchema.Column same = found.Schema[added.Name];
                Assert.Equal(added.Type, same.Type);
                Assert.Equal(
                    added.Annotations.Schema.Select(annotation => (annotation.Name, annotation.Type)),
                    same.Annotations.Schema.Select(annotation => (annotation.Name, annotation.Type)));
            }
            Assert.All(ExportTests.Scores(expected, task).Zip(ExportTests.Scores(found, task)), rows =>
                Assert.All(rows.First.Zip(rows.Second), scores =>
                    Assert.Equal(scores.First, scores.Second, 1e-5f * Math.Max(1, Math.Abs(scores.First)))));
            if (task == "crf")
                Assert.Equal(expected.GetColumn<uint[]>("PredictedLabel"), found.GetColumn<uint[]>("PredictedLabel"));
        }
        AssertSameMetrics(task, expected, applied.Transform(data));
    }

    [Fact]
    public void Sequences_of_a_known_length_are_taken_too_and_a_prediction_engine_works()
    {
        var rows = SequenceRow.Generate(60, seed: 1)
            .Select(row => new FixedRow { Features = [.. row.Features.Take(3), .. new float[3]], Value = row.Value }).ToArray();
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        RecurrentTransformer model = _ml.Regression.Trainers.Gru("Value", hiddenSize: 4, numberOfEpochs: 1).Fit(data);
        string path = Path.Combine(_folder, "model.onnx");
        model.SaveAsOnnx(path);
        float[] expected = [.. model.Transform(data).GetColumn<float>("Score")];
        ITransformer applied = _ml.Transforms.ApplyRecurrentOnnx(path).Fit(data);
        Assert.All(expected.Zip(applied.Transform(data).GetColumn<float>("Score")), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        using PredictionEngine<FixedRow, Prediction> engine = _ml.Model.CreatePredictionEngine<FixedRow, Prediction>(applied);
        Assert.All(expected.Zip(rows), pair => Assert.Equal(pair.First, engine.Predict(pair.Second).Score, 1e-3f));
    }

    [Fact]
    public void A_file_of_others_or_of_a_pipeline_is_refused_with_the_way_round_it()
    {
        string path = Path.Combine(_folder, "model.onnx");
        File.WriteAllBytes(path, Google.Protobuf.MessageExtensions.ToByteArray(ForeignFiles.All["Keras LSTM"]));
        void AssertRefused(string message)
        {
            var exception = Assert.Throws<NotSupportedException>(() => _ml.Transforms.ApplyRecurrentOnnx(path));
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
        AssertRefused("not written by this library");
        IDataView data = _ml.Data.LoadFromEnumerable(SequenceRow.Generate(30, seed: 1));
        _ml.Transforms.CopyColumns("X", "Features")
            .Append(_ml.Regression.Trainers.Gru("Value", "X", hiddenSize: 4, numberOfEpochs: 1))
            .Fit(data).SaveAsOnnx(data.Schema, path);
        AssertRefused("of a pipeline, whose inputs are 'Features'");
        // Keys that take the place of the words that they are made of.
        IDataView texts = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 10)
            .Select(i => new { Words = new[] { "good", i % 2 == 0 ? "day" : "night" }, Value = (float)i }));
        _ml.Transforms.Conversion.MapValueToKey("Words")
            .Append(_ml.Regression.Trainers.Gru("Value", "Words", hiddenSize: 4, numberOfEpochs: 1))
            .Fit(texts).SaveAsOnnx(texts.Schema, path);
        AssertRefused("of a pipeline, whose inputs are 'Words'");
        RecurrentTransformer model = _ml.Regression.Trainers.Gru("Value", hiddenSize: 4, numberOfEpochs: 1).Fit(data);
        Assert.Throws<DirectoryNotFoundException>(() => model.SaveAsOnnx(Path.Combine(_folder, "none", "model.onnx")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AssertSameMetrics(string task, IDataView expected, IDataView found)
    {
        (double one, double other) = task switch
        {
            "binary" => (
                _ml.BinaryClassification.Evaluate(expected, "Answer").Accuracy,
                _ml.BinaryClassification.Evaluate(found, "Answer").Accuracy),
            "multiclass" => (
                _ml.MulticlassClassification.Evaluate(expected, "Class").MicroAccuracy,
                _ml.MulticlassClassification.Evaluate(found, "Class").MicroAccuracy),
            "regression" => (
                _ml.Regression.Evaluate(expected, "Value").MeanAbsoluteError,
                _ml.Regression.Evaluate(found, "Value").MeanAbsoluteError),
            "values" => (
                _ml.Regression.EvaluateVector(expected, "Values").RSquared,
                _ml.Regression.EvaluateVector(found, "Values").RSquared),
            "answers" => (
                _ml.BinaryClassification.EvaluateMultiLabel(expected, "Answers").SubsetAccuracy,
                _ml.BinaryClassification.EvaluateMultiLabel(found, "Answers").SubsetAccuracy),
            "values of steps" or "answers of steps" => (SumOfScores(expected), SumOfScores(found)),
            _ => (
                _ml.MulticlassClassification.EvaluateSequences(expected, "Tags").TokenAccuracy,
                _ml.MulticlassClassification.EvaluateSequences(found, "Tags").TokenAccuracy),
        };
        Assert.Equal(one, other, 1e-4);
    }

    private static double SumOfScores(IDataView view) => view.GetColumn<float[]>("Score").Sum(scores => scores.Sum() / 1e3);

    private sealed class FixedRow
    {
        [VectorType(2, 3)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
