using Microsoft.ML;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>Trainings with labels and inputs that <see cref="FrozenNetworks"/> does not have.</summary>
internal static class FrozenTasks
{
    private static readonly Dictionary<string, Func<MLContext, RecurrentTrainer>> _trainers = new()
    {
        ["task-crf"] = ml => ml.MulticlassClassification.Trainers.SequenceTagger(Crf()),
        ["task-alternatives"] = ml => ml.MulticlassClassification.Trainers.SequenceTagger(With(Crf(), options =>
            (options.TagScheme, options.NumberOfAlternatives) = (TagScheme.None, 3))),
        ["task-values"] = ml => ml.Regression.Trainers.Recurrent(Options(nameof(FrozenTaskRow.Values))),
        ["task-answers"] = ml => ml.BinaryClassification.Trainers.Recurrent(Options(nameof(FrozenTaskRow.Answers))),
        ["task-inputs"] = ml => ml.BinaryClassification.Trainers.Recurrent(With(Options(nameof(FrozenTaskRow.Answers)), options =>
        {
            options.FeatureColumnNames = [nameof(FrozenTaskRow.Features), nameof(FrozenTaskRow.Words)];
            options.StaticColumnNames = [nameof(FrozenTaskRow.Place), nameof(FrozenTaskRow.Active), nameof(FrozenTaskRow.Sizes)];
            options.EmbeddingSizes = new Dictionary<string, int> { [nameof(FrozenTaskRow.Place)] = 2 };
        })),
        ["task-characters"] = ml => ml.MulticlassClassification.Trainers.SequenceTagger(With(Crf(), options =>
            options.FeatureColumnNames = [nameof(FrozenTaskRow.Words), nameof(FrozenTaskRow.Spelling)])),
        ["task-weights"] = ml => ml.Regression.Trainers.SequenceTagger(With(Options(nameof(FrozenTaskRow.StepValues)), options =>
            options.ExampleWeightColumnName = nameof(FrozenTaskRow.StepWeights))),
        ["task-outputs"] = ml => ml.MulticlassClassification.Trainers.SequenceTagger(With(Crf(), options => options.AdditionalOutputs =
        [
            new(nameof(FrozenTaskRow.StepValues), OutputTask.Regression),
            new(nameof(FrozenTaskRow.Active), OutputTask.BinaryClassification),
            new(nameof(FrozenTaskRow.Place), OutputTask.MulticlassClassification) { LossWeight = 0.5f },
        ])),
    };

    public static IEnumerable<string> Names => _trainers.Keys;

    public static RecurrentTransformer Train(MLContext ml, string name) =>
        _trainers[name](ml).Fit(FrozenTaskRow.Load(ml, count: 60, seed: 1));

    /// <summary>The rows whose scores are kept.</summary>
    public static IDataView Scored(MLContext ml, int count = 5) => FrozenTaskRow.Load(ml, count, seed: 2);

    private static RecurrentOptions Crf() => With(Options(nameof(FrozenTaskRow.Tags)), options =>
    {
        options.FeatureColumnName = nameof(FrozenTaskRow.Words);
        (options.UseCrf, options.TagScheme) = (true, TagScheme.Bio);
    });

    /// <summary>Nothing is left to be chosen from the data.</summary>
    private static RecurrentOptions Options(string label) => new()
    {
        LabelColumnName = label,
        Layers = [new GruLayer(3) { Bidirectional = true }],
        EmbeddingSize = 3,
        Pooling = SequencePooling.LastMeanMax,
        Schedule = LearningRateSchedule.Constant,
        NumberOfEpochs = 3,
        BatchSize = 16,
        LearningRate = 0.02f,
        AllowLabelInFeatures = true,
        Seed = 1,
    };

    private static RecurrentOptions With(RecurrentOptions options, Action<RecurrentOptions> change)
    {
        change(options);
        return options;
    }
}
