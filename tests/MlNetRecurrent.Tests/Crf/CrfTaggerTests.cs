using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Crf;

/// <summary>Taggers that end in a CRF, through ML.NET.</summary>
public sealed class CrfTaggerTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Fact]
    public void Sequences_that_the_scheme_forbids_are_never_predicted()
    {
        // Words in an order that the training has never seen.
        var random = new Random(1);
        Sentence[] rows = Sentence.Generate(500, seed: 2);
        foreach (Sentence row in rows)
            random.Shuffle(row.Tokens);
        int CountForbidden(bool useCrf)
        {
            RecurrentTransformer model = CrfTraining.Fit(
                _ml, options => (options.UseCrf, options.TagScheme) = (useCrf, useCrf ? TagScheme.Bio : 0));
            uint[][] predicted = [.. model.Transform(CrfTraining.Keyed(_ml, rows)).GetColumn<uint[]>("PredictedLabel")];
            return predicted.Sum(keys => keys.Zip([1u, .. keys]).Count(
                pair => (pair.First == 3 && pair.Second is not (2 or 3)) || (pair.First == 5 && pair.Second is not (4 or 5))));
        }
        Assert.NotEqual(0, CountForbidden(useCrf: false));
        Assert.Equal(0, CountForbidden(useCrf: true));
    }

    [Fact]
    public void Scores_sum_to_1_at_each_step_and_the_tags_are_learned()
    {
        RecurrentTransformer model = CrfTraining.Fit(_ml, options => options.NumberOfEpochs = 15);
        IDataView scored = model.Transform(CrfTraining.Keyed(_ml, Sentence.Generate(100, seed: 2)));
        Assert.Equal(5, ((VectorDataViewType)scored.Schema["Score"].Type).Dimensions[1]);
        Assert.All(scored.GetColumn<float[]>("Score"), row => Assert.All(row.Chunk(5), step => Assert.Equal(1, step.Sum(), 1e-5f)));
        SequenceTaggingMetrics metrics = _ml.MulticlassClassification.EvaluateSequences(scored, "Tags");
        Assert.InRange(metrics.TokenAccuracy, 0.98, 1);
    }

    [Fact]
    public void Missing_labels_are_filled_by_those_around_them()
    {
        Sentence[] rows = Sentence.Generate(200);
        foreach (Sentence row in rows)
            row.Tags = [.. row.Tags.Select((tag, t) => t % 3 == 1 ? "unknown" : tag)];
        RecurrentTransformer model = CrfTraining.Fit(_ml, options => options.NumberOfEpochs = 15, rows);
        IDataView scored = model.Transform(CrfTraining.Keyed(_ml, Sentence.Generate(100, seed: 2)));
        Assert.InRange(_ml.MulticlassClassification.EvaluateSequences(scored, "Tags").TokenAccuracy, 0.95, 1);
    }

    [Theory]
    [InlineData(TagScheme.None)]
    [InlineData(TagScheme.Bio)]
    public void It_comes_back_from_a_file_and_scores_single_rows_as_it_scores_many(TagScheme scheme)
    {
        RecurrentTransformer model = CrfTraining.Fit(_ml, options => options.TagScheme = scheme);
        Sentence[] rows = Sentence.Generate(70, seed: 2);
        IDataView data = CrfTraining.Keyed(_ml, rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = new MLContext().Model.Load(stream, out _);
        IDataView expected = model.Transform(data), found = loaded.Transform(data);
        Assert.Equal(expected.GetColumn<float[]>("Score"), found.GetColumn<float[]>("Score"));
        Assert.Equal(expected.GetColumn<uint[]>("PredictedLabel"), found.GetColumn<uint[]>("PredictedLabel"));
        using PredictionEngine<Keys, Tagged> engine = _ml.Model.CreatePredictionEngine<Keys, Tagged>(loaded);
        Keys[] keys = [.. _ml.Data.CreateEnumerable<Keys>(data, reuseRowObject: false)];
        Tagged[] tagged = [.. keys.Select(engine.Predict)];
        Assert.Equal(expected.GetColumn<float[]>("Score"), tagged.Select(row => row.Score));
        Assert.Equal(expected.GetColumn<uint[]>("PredictedLabel"), tagged.Select(row => row.PredictedLabel));
    }

    [Fact]
    public void Threads_and_streaming_leave_the_weights_as_they_are()
    {
        float[] Train(int threads, int cacheMegabytes) => Weights.Of(CrfTraining.Fit(
            _ml, options => (options.NumberOfThreads, options.CacheMegabytes) = (threads, cacheMegabytes)));
        float[] expected = Train(1, 256);
        Assert.Equal(expected, Train(3, 256));
        Assert.Equal(expected, Train(2, 0));
    }

    [Fact]
    public void A_checkpoint_is_gone_on_from_with_the_same_scheme_only()
    {
        string path = Path.Combine(_folder, "training.ckpt");
        RecurrentTransformer whole = CrfTraining.Fit(_ml, options => options.NumberOfEpochs = 4);
        CrfTraining.Fit(_ml, options => (options.NumberOfEpochs, options.CheckpointPath) = (2, path));
        string message = Assert.Throws<InvalidOperationException>(() => CrfTraining.Fit(
            _ml, options => (options.NumberOfEpochs, options.CheckpointPath, options.TagScheme) = (4, path, TagScheme.None))).Message;
        Assert.Contains(
            "the loss was ConditionalRandomField (Bio) and is ConditionalRandomField;", message, StringComparison.Ordinal);
        message = Assert.Throws<InvalidOperationException>(() => CrfTraining.Fit(
            _ml,
            options => (options.NumberOfEpochs, options.CheckpointPath, options.TagScheme, options.UseCrf) =
                (4, path, TagScheme.None, false))).Message;
        Assert.Contains("the loss was ConditionalRandomField (Bio) and is ", message, StringComparison.Ordinal);
        RecurrentTransformer resumed = CrfTraining.Fit(_ml, options => (options.NumberOfEpochs, options.CheckpointPath) = (4, path));
        Assert.Equal(Weights.Of(whole), Weights.Of(resumed));
    }

    [Fact]
    public void A_training_goes_on_with_a_previous_model_of_the_same_head()
    {
        RecurrentTransformer previous = CrfTraining.Fit(_ml), plain = CrfTraining.Fit(
            _ml, options => (options.UseCrf, options.TagScheme) = (false, TagScheme.None));
        IDataView data = CrfTraining.Keyed(_ml, Sentence.Generate(200));
        RecurrentTrainer trainer = _ml.MulticlassClassification.Trainers.SequenceTagger(CrfTraining.Options());
        Assert.True(trainer.Fit(data, previous).Training.FinalLoss < previous.Training.FinalLoss);
        string message = Assert.Throws<ArgumentException>(() => trainer.Fit(data, plain)).Message;
        Assert.Contains(
            "the loss is SoftmaxCrossEntropy in it, the options say ConditionalRandomField (Bio)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_validation_counts_best_paths()
    {
        IDataView training = CrfTraining.Keyed(_ml, Sentence.Generate(100)), validation = CrfTraining.Keyed(_ml, Sentence.Generate(50, 3));
        var reports = new List<TrainingProgress>();
        RecurrentOptions options = CrfTraining.Options();
        (options.NumberOfEpochs, options.Progress) = (1, new SynchronousProgress(reports.Add));
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers.SequenceTagger(options).Fit(training, validation);
        SequenceTaggingMetrics metrics = _ml.MulticlassClassification.EvaluateSequences(model.Transform(validation), "Tags");
        Dictionary<string, double> reported = new(reports[^1].ValidationMetrics);
        Assert.Equal(metrics.TokenAccuracy, reported["TokenAccuracy"], 1e-12);
        Assert.Equal(metrics.SequenceAccuracy, reported["SequenceAccuracy"], 1e-12);
    }

    [Fact]
    public void The_named_parameter_is_the_option()
    {
        IDataView data = CrfTraining.Keyed(_ml, Sentence.Generate(20));
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers
            .SequenceTagger("Tags", "Tokens", null, 4, 1, 0.01f, useCrf: true).Fit(data);
        Assert.Equal("ConditionalRandomField", model.Model.Network.Definition.Head.Name);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class Keys
    {
        [KeyType(4)]
        public uint[] Tokens { get; set; } = [];
    }

    private sealed class Tagged
    {
        public uint[] PredictedLabel { get; set; } = [];

        public float[] Score { get; set; } = [];
    }
}
