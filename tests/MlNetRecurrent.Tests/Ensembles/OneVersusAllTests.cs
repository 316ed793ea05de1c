using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Ensembles;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Tests.Ensembles;

public sealed class OneVersusAllTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void It_is_trained_and_used_as_any_multiclass_trainer()
    {
        IDataView training = _ml.Data.LoadFromEnumerable(Example.Generate(200));
        IDataView test = _ml.Data.LoadFromEnumerable(Example.Generate(100, 2));
        IEstimator<ITransformer> pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.MulticlassClassification.Trainers.OneVersusAll(Binary()))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("Predicted", "PredictedLabel"));
        ITransformer model = pipeline.Fit(training);
        IDataView scored = model.Transform(test);
        MulticlassClassificationMetrics metrics = _ml.MulticlassClassification.Evaluate(scored);
        Assert.InRange(metrics.MicroAccuracy, 0.9, 1);
        Assert.InRange(metrics.LogLoss, 0, 0.5);
        Assert.Equal(Example.Classes.Order(), NamesOf(scored.Schema["Score"]).Order());
        float[][] scores = [.. scored.GetColumn<float[]>("Score")];
        Assert.All(scores, score => Assert.Equal(1, score.Sum(), 1e-5f));
        using var engine = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
        string[] predicted = [.. scored.GetColumn<string>("Predicted")];
        foreach ((int i, Example example) in Example.Generate(100, 2).Index())
        {
            Prediction prediction = engine.Predict(example);
            Assert.Equal((predicted[i], scores[i][0]), (prediction.Predicted, prediction.Score[0]));
        }
    }

    [Fact]
    public void It_can_be_cross_validated()
    {
        IDataView keyed = Keyed(200);
        IEnumerable<double> accuracies = _ml.MulticlassClassification
            .CrossValidate(keyed, _ml.MulticlassClassification.Trainers.OneVersusAll(Binary()), numberOfFolds: 2)
            .Select(fold => fold.Metrics.MicroAccuracy);
        Assert.All(accuracies, accuracy => Assert.InRange(accuracy, 0.8, 1));
    }

    [Fact]
    public void Its_scores_are_the_normalized_probabilities_of_binary_networks()
    {
        IDataView keyed = Keyed(100);
        IDataView scored = _ml.MulticlassClassification.Trainers.OneVersusAll(Binary()).Fit(keyed).Transform(keyed);
        uint[] labels = [.. keyed.GetColumn<uint>("Label")];
        float[][] probabilities = [.. Enumerable.Range(1, 3).Select(key =>
        {
            IDataView answers = _ml.Transforms.CustomMapping<KeyRow, AnswerRow>(
                (row, answer) => answer.Answer = row.Label == key, contractName: null).Fit(keyed).Transform(keyed);
            RecurrentOptions options = Example.QuickOptions();
            options.LabelColumnName = "Answer";
            return _ml.BinaryClassification.Trainers.Recurrent(options).Fit(answers).Transform(answers)
                .GetColumn<float>("Probability").ToArray();
        })];
        float[][] found = [.. scored.GetColumn<float[]>("Score")];
        uint[] predicted = [.. scored.GetColumn<uint>("PredictedLabel")];
        for (int row = 0; row < labels.Length; row++)
        {
            float[] expected = Array.ConvertAll(probabilities, column => column[row]);
            double sum = expected.Sum(value => (double)value);
            Assert.Equal(Array.ConvertAll(expected, value => (float)(value / sum)), found[row]);
            Assert.Equal(Array.IndexOf(expected, expected.Max()) + 1, (int)predicted[row]);
        }
    }

    [Fact]
    public void Its_schema_is_the_promised_one_and_that_of_a_multiclass_network()
    {
        IDataView keyed = Keyed(60);
        IEstimator<ITransformer> trainer = _ml.MulticlassClassification.Trainers.OneVersusAll(Binary());
        ITransformer model = trainer.Fit(keyed);
        SchemaChecks.AssertSame(trainer.GetOutputSchema(SchemaShapes.Of(keyed.Schema)), model.Transform(keyed).Schema);
        DataViewSchema usual = _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions()).Fit(keyed).Transform(keyed).Schema;
        SchemaChecks.AssertIdentical(usual, model.Transform(keyed).Schema);
        SchemaChecks.AssertIdentical(usual, model.GetOutputSchema(keyed.Schema));
        SchemaChecks.AssertIdentical(usual, model.GetRowToRowMapper(keyed.Schema).OutputSchema);
    }

    [Fact]
    public void A_loaded_model_predicts_the_same_and_can_be_saved_again()
    {
        IDataView keyed = Keyed(60);
        ITransformer model = _ml.MulticlassClassification.Trainers.OneVersusAll(Binary()).Fit(keyed);
        ITransformer again = Reload(Reload(model, keyed.Schema), keyed.Schema);
        SchemaChecks.AssertIdentical(model.Transform(keyed).Schema, again.Transform(keyed).Schema);
        Rows.AssertEqual(Rows.Of(model.Transform(keyed)), Rows.Of(again.Transform(keyed)));
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_and_scored()
    {
        Example[] examples = Example.Generate(100), unknown = Example.Generate(20, seed: 5);
        ITransformer keys = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(_ml.Data.LoadFromEnumerable(examples));
        foreach (Example example in unknown)
            example.Label = "other";
        IDataView all = keys.Transform(_ml.Data.LoadFromEnumerable(examples));
        IDataView more = keys.Transform(_ml.Data.LoadFromEnumerable(examples.Concat(unknown).ToArray()));
        var trainer = _ml.MulticlassClassification.Trainers.OneVersusAll(Binary());
        IDataView expected = trainer.Fit(all).Transform(all), found = trainer.Fit(more).Transform(all);
        Rows.AssertEqual(Rows.Of(expected, expected.Schema["Score"]), Rows.Of(found, found.Schema["Score"]));
    }

    [Fact]
    public void Progress_and_log_name_the_class_that_is_trained()
    {
        List<string> reported = [], logged = [];
        _ml.Log += (_, message) => logged.Add(message.Message);
        RecurrentOptions options = Example.QuickOptions();
        options.Progress = new SynchronousProgress(progress =>
        {
            Assert.StartsWith($"class '{progress.ClassName}', epoch {progress.Epoch}/10", progress.ToString(), StringComparison.Ordinal);
            if (progress.IsTrainingDone)
                reported.Add(progress.ClassName!);
        });
        IDataView keyed = Keyed(60);
        _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.Recurrent(options)).Fit(keyed);
        VBuffer<ReadOnlyMemory<char>> names = default;
        keyed.Schema["Label"].GetKeyValues(ref names);
        Assert.Equal(names.DenseValues().Select(name => name.ToString()), reported);
        Assert.Contains(logged, line => line.EndsWith(
            $"Class 2 of 3: a network learns to tell '{reported[1]}' from all other labels.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancellation_ends_the_training()
    {
        using var source = new CancellationTokenSource();
        RecurrentOptions options = Example.QuickOptions();
        options.CancellationToken = source.Token;
        int classes = 0;
        options.Progress = new SynchronousProgress(progress =>
        {
            if (progress.IsTrainingDone && ++classes == 2)
                source.Cancel();
        });
        var trainer = _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.Recurrent(options));
        Assert.ThrowsAny<OperationCanceledException>(() => trainer.Fit(Keyed(60)));
        Assert.Equal(2, classes);
    }

    [Fact]
    public void A_model_that_is_cut_short_or_mixed_is_refused()
    {
        IDataView keyed = Keyed(60);
        var model = ((OneVersusAllTransformer)_ml.MulticlassClassification.Trainers.OneVersusAll(Binary()).Fit(keyed)).Model;
        byte[] bytes = Written(model);
        for (int length = 0; length < bytes.Length; length += 97)
            Assert.Throws<InvalidDataException>(() => Read(bytes[..length]));
        RecurrentOptions other = Example.QuickOptions();
        other.FeatureColumnName = "Renamed";
        IDataView renamed = _ml.Transforms.CopyColumns("Renamed", "Features").Fit(keyed).Transform(keyed);
        var changed = ((OneVersusAllTransformer)_ml.MulticlassClassification.Trainers
            .OneVersusAll(_ml.BinaryClassification.Trainers.Recurrent(other)).Fit(renamed)).Model;
        string message = Assert.Throws<InvalidDataException>(
            () => Read(Written(model with { Classes = [model.Classes[0], changed.Classes[1], model.Classes[2]] }))).Message;
        Assert.Equal("The model is damaged: the networks of its classes read different columns.", message);
        var regression = _ml.MulticlassClassification.Trainers.Recurrent(Example.QuickOptions()).Fit(keyed);
        message = Assert.Throws<InvalidDataException>(() => Read(Written(model with { Classes = [regression.Model] }))).Message;
        Assert.Equal("The model is damaged: the network of a class is for the task MulticlassClassification.", message);

        static byte[] Written(OneVersusAllModel model)
        {
            using var stream = new MemoryStream();
            model.Write(new(stream));
            return stream.ToArray();
        }

        static void Read(byte[] bytes) => OneVersusAllModel.Read(new(new MemoryStream(bytes)));
    }

    [Fact]
    public void It_has_no_single_network()
    {
        ITransformer model = _ml.MulticlassClassification.Trainers.OneVersusAll(Binary()).Fit(Keyed(60));
        Assert.Equal(
            "The model has one network for each of 3 classes (OneVersusAll), not a single one.",
            Assert.Throws<InvalidOperationException>(() => model.GetRecurrent()).Message);
    }

    private static IEnumerable<string> NamesOf(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.ToString());
    }

    private RecurrentTrainer Binary() => _ml.BinaryClassification.Trainers.Recurrent(Example.QuickOptions());

    private IDataView Keyed(int count)
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(count));
        return _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
    }

    private ITransformer Reload(ITransformer model, DataViewSchema schema)
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, schema, stream);
        stream.Position = 0;
        return new MLContext().Model.Load(stream, out _);
    }

    private sealed class KeyRow
    {
        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class AnswerRow
    {
        public bool Answer { get; set; }
    }
}
