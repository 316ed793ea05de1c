using Microsoft.ML;

namespace MlNetRecurrent.Tests;

/// <summary>Options on which the weights of a training depend, each with another value than the one it has.</summary>
internal static class OptionEffects
{
    public static IReadOnlyDictionary<string,
        (Action<RecurrentOptions> Prepare, Action<RecurrentOptions> Change)> All
    { get; } = new Dictionary<string,
        (Action<RecurrentOptions> Prepare, Action<RecurrentOptions> Change)>
    {
        [nameof(RecurrentOptions.Layers)] = (_ => { }, options => options.Layers = [new LstmLayer(4) { Dropout = 0.4f }]),
        [nameof(RecurrentOptions.Pooling)] = (_ => { }, options => options.Pooling = SequencePooling.Mean),
        [nameof(RecurrentOptions.HasOutputBias)] = (_ => { }, options => options.HasOutputBias = false),
        [nameof(RecurrentOptions.NormalizeFeatures)] = (_ => { }, options => options.NormalizeFeatures = false),
        [nameof(RecurrentOptions.BatchSize)] = (_ => { }, options => options.BatchSize = 7),
        [nameof(RecurrentOptions.NumberOfEpochs)] = (_ => { }, options => options.NumberOfEpochs = 3),
        [nameof(RecurrentOptions.LearningRate)] = (_ => { }, options => options.LearningRate = 0.03f),
        [nameof(RecurrentOptions.Optimizer)] = (_ => { }, options => options.Optimizer = RecurrentOptimizer.RmsProp),
        [nameof(RecurrentOptions.Schedule)] = (_ => { }, options => options.Schedule = LearningRateSchedule.OneCycle),
        [nameof(RecurrentOptions.WeightDecay)] = (_ => { }, options => options.WeightDecay = 0.1f),
        [nameof(RecurrentOptions.Momentum)] = (options => options.Optimizer = RecurrentOptimizer.Sgd, options => options.Momentum = 0.5f),
        [nameof(RecurrentOptions.GradientClipNorm)] = (_ => { }, options => options.GradientClipNorm = 0.01f),
        [nameof(RecurrentOptions.BalanceClasses)] = (_ => { }, options => options.BalanceClasses = true),
        [nameof(RecurrentOptions.WeightNoise)] = (_ => { }, options => options.WeightNoise = 0.1f),
        [nameof(RecurrentOptions.LabelSmoothing)] = (_ => { }, options => options.LabelSmoothing = 0.1f),
        [nameof(RecurrentOptions.TruncatedBpttSteps)] = (_ => { }, options => options.TruncatedBpttSteps = 1),
        [nameof(RecurrentOptions.ValidationFraction)] = (_ => { }, options => options.ValidationFraction = 0.2),
        [nameof(RecurrentOptions.ValidateOnLastRows)] = (options => options.ValidationFraction = 0.2, options =>
            options.ValidateOnLastRows = true),
        [nameof(RecurrentOptions.ShufflePoolSize)] = (_ => { }, options => options.ShufflePoolSize = 20),
        [nameof(RecurrentOptions.Seed)] = (_ => { }, options => options.Seed = 2),
        [nameof(RecurrentOptions.ExampleWeightColumnName)] = (_ => { }, options => options.ExampleWeightColumnName = "Weight"),
    };

    /// <summary>A training that takes an instant.</summary>
    public static RecurrentOptions Quick() =>
        new RecurrentOptions { Layers = [new LstmLayer(4)], NumberOfEpochs = 2, BatchSize = 16, LearningRate = 0.02f, Seed = 1 }.Planned();

    /// <summary>Examples that weigh differently, of classes that are not as frequent.</summary>
    public static IDataView Data(MLContext ml)
    {
        Example[] examples = [.. Example.Generate(60).Where((example, i) => example.Label != "red" || i % 2 == 0)];
        foreach (Example example in examples)
            example.Weight = example.Number % 3 + 1;
        IDataView rows = ml.Data.LoadFromEnumerable(examples);
        return ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
    }
}
