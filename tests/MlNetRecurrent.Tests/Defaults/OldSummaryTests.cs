using Microsoft.ML;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tests.Files;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>Files that say less of their training than this version does.</summary>
public sealed class OldSummaryTests
{
    private static readonly string _folder = Path.Combine(Repository.Root, "tests", "MlNetRecurrent.Tests", "Files", "Old");

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("binary")]
    [InlineData("className")]
    [InlineData("regression")]
    [InlineData("tagger")]
    public void A_model_of_the_first_version_has_no_options_of_its_training(string name)
    {
        ITransformer loaded = _ml.Model.Load(Path.Combine(_folder, name + ".zip"), out _);
        TrainingSummary training = Networks(loaded).Single().Training;
        Assert.True(training is { Epochs: > 0, Sequences: 12, FinalLoss: > 0 });
        AssertEmpty(training);
    }

    [Fact]
    public void A_summary_without_the_options_loads_and_one_with_them_keeps_them()
    {
        RecurrentOptions options = new() { Layers = [new GruLayer(2)], NumberOfEpochs = 2, FeatureColumnName = "Tokens", Seed = 1 };
        RecurrentTransformer model = TaskRow.Trainer(_ml, "multiclass", options).Fit(_ml.Data.LoadFromEnumerable(TaskRow.Generate(40)));
        var file = DescribedFile.Of(writer => ModelFile.Write(writer, model.Model));
        TrainingSummary kept = ModelFile.Read(file.Read()).Training, training = model.Training;
        Assert.Equal(
            (32, 0.01f, LearningRateSchedule.OneCycle, SequencePooling.LastMeanMax),
            (kept.BatchSize, kept.LearningRate, kept.Schedule, kept.Pooling));
        Assert.Equal(
            (training.WeightNoise, training.LabelSmoothing, training.RareTokenDropout, training.ValidationFraction),
            (kept.WeightNoise, kept.LabelSmoothing, kept.RareTokenDropout, kept.ValidationFraction));
        Assert.Equal((2, 0), (kept.NumberOfEpochs, kept.EarlyStoppingPatience));
        Assert.Equal((0f, 0.25f), (kept.TokenDropout, kept.RareTokenDropout));
        Assert.Equal(training.History.Select(epoch => epoch.Loss), kept.History.Select(epoch => epoch.Loss));
        int start = file.Description.IndexOf(",\"BatchSize\":", StringComparison.Ordinal);
        int history = file.Description.IndexOf("\"History\":", start, StringComparison.Ordinal);
        int end = file.Description.IndexOf("]}", history, StringComparison.Ordinal) + 1;
        TrainingSummary old = ModelFile.Read((file with { Description = file.Description.Remove(start, end - start) }).Read()).Training;
        Assert.Equal(
            (training.Epochs, training.Sequences, training.FinalLoss, training.Seed),
            (old.Epochs, old.Sequences, old.FinalLoss, old.Seed));
        AssertEmpty(old);
    }

    private static void AssertEmpty(TrainingSummary training) => Assert.True(training is
    {
        BatchSize: null, LearningRate: null, Schedule: null, Pooling: null,
        WeightNoise: null, LabelSmoothing: null, TokenDropout: null, RareTokenDropout: null, ValidationFraction: null,
        NumberOfEpochs: null, EarlyStoppingPatience: null, History: [],
    });

    private static IEnumerable<RecurrentTransformer> Networks(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Networks) : new[] { transformer }.OfType<RecurrentTransformer>();
}
