using Microsoft.ML;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>
/// The trainings of the frozen models. Each cell, pooling, optimizer, schedule and option that changes a weight occurs in at least one.
/// </summary>
internal static class FrozenNetworks
{
    public static readonly string[] Tasks = ["binary", "multiclass", "regression", "tagger"];

    private static readonly Dictionary<string, Func<RecurrentOptions>> _networks = new()
    {
        ["Elman"] = () => new() { Layers = [new ElmanLayer(5)], Pooling = SequencePooling.Last, Schedule = LearningRateSchedule.Constant },
        ["ElmanRelu"] = () => new()
        {
            Layers = [new ElmanLayer(5) { Activation = ElmanActivation.Relu }],
            Pooling = SequencePooling.Max,
            Schedule = LearningRateSchedule.Cosine,
            Optimizer = RecurrentOptimizer.Sgd,
            Momentum = 0.5f,
        },
        ["Lstm"] = () => new()
        {
            Layers = [new LstmLayer(5) { Dropout = 0.2f }],
            Pooling = SequencePooling.LastMeanMax,
            Schedule = LearningRateSchedule.OneCycle,
            LabelSmoothing = 0.05f,
            EncodingColumnName = "Encoding",
        },
        ["Gru"] = () => new()
        {
            Layers = [new GruLayer(5)],
            Pooling = SequencePooling.Mean,
            Schedule = LearningRateSchedule.HalveOnPlateau,
            HasOutputBias = false,
            NormalizeFeatures = false,
            WeightNoise = 0.02f,
            Optimizer = RecurrentOptimizer.AdamW,
            WeightDecay = 0.01f,
        },
        ["GruResetBefore"] = () => new()
        {
            Layers = [new GruLayer(4) { ResetAfter = false, Bidirectional = true }],
            Pooling = SequencePooling.Last,
            Schedule = LearningRateSchedule.Constant,
            ValidationFraction = 0.25,
            EarlyStoppingPatience = 1,
        },
        ["deep"] = () => new()
        {
            Layers =
            [
                new LstmLayer(4) { Bidirectional = true, Dropout = 0.1f },
                new ElmanLayer(5) { Bidirectional = true },
                new GruLayer(4),
            ],
            Pooling = SequencePooling.LastMeanMax,
            Schedule = LearningRateSchedule.OneCycle,
            TokenDropout = 0.1f,
            RareTokenDropout = 0.5f,
        },
        ["pyramid"] = () => new()
        {
            Layers =
            [
                new LstmLayer(3) { Bidirectional = true },
                new LstmLayer(3) { Bidirectional = true, TimeReduction = 2 },
                new GruLayer(4) { TimeReduction = 3 },
            ],
            Pooling = SequencePooling.Max,
            Schedule = LearningRateSchedule.Constant,
            GradientClipNorm = 0.1f,
        },
        ["stacks"] = () => new()
        {
            Layers = [new StackLayer(4) { NumberOfStacks = 2, StackSize = 5 }],
            Pooling = SequencePooling.Last,
            Schedule = LearningRateSchedule.Constant,
            StackActionsColumnName = "Actions",
        },
        ["stacksAll"] = () => new()
        {
            Layers =
            [
                new StackLayer(4)
                {
                    NumberOfStacks = 2,
                    StackSize = 4,
                    Depth = 2,
                    HasNoOp = true,
                    HasBias = true,
                    HasRecurrentWeights = true,
                    Bidirectional = true,
                },
            ],
            Pooling = SequencePooling.Mean,
            Schedule = LearningRateSchedule.Constant,
            Optimizer = RecurrentOptimizer.RmsProp,
        },
        ["windows"] = () => new()
        {
            Layers = [new LstmLayer(4), new GruLayer(3)],
            Pooling = SequencePooling.Last,
            Schedule = LearningRateSchedule.Constant,
            TruncatedBpttSteps = 4,
        },
    };

    /// <summary>Network, task and column of every case.</summary>
    public static IEnumerable<(string Network, string Task, string Column)> Cases =>
        from network in _networks.Keys
        from task in Tasks
        from column in (string[])["Features", "Tokens"]
        where task != "tagger" || network != "pyramid"
        select (network, task, column);

    public static string NameOf(string network, string task, string column) => $"{network}-{task}-{column}";

    /// <summary>The trainer of a case. Nothing is left to be chosen from the data.</summary>
    public static RecurrentTrainer Trainer(
        MLContext ml, string network, string task, string column, Action<RecurrentOptions>? change = null)
    {
        RecurrentOptions options = _networks[network]();
        options.FeatureColumnName = column;
        options.LabelColumnName = task switch { "binary" => "Answer", "multiclass" => "Class", "regression" => "Value", _ => "Tags" };
        options.EmbeddingSize = 3;
        options.NumberOfEpochs = 3;
        options.BatchSize = 16;
        options.LearningRate = 0.02f;
        options.Seed = 1;
        if (task == "regression")
            options.LabelSmoothing = 0;
        change?.Invoke(options);
        return task switch
        {
            "binary" => ml.BinaryClassification.Trainers.Recurrent(options),
            "multiclass" => ml.MulticlassClassification.Trainers.Recurrent(options),
            "regression" => ml.Regression.Trainers.Recurrent(options),
            _ => ml.MulticlassClassification.Trainers.SequenceTagger(options),
        };
    }

    /// <summary>The rows that every case learns from.</summary>
    public static IDataView Training(MLContext ml) => ml.Data.LoadFromEnumerable(SequenceRow.Generate(60, seed: 1));

    /// <summary>The rows whose scores are kept; the first has no step.</summary>
    public static SequenceRow[] Scored() => [new(), .. SequenceRow.Generate(4, seed: 2)];
}
