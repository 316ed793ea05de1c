using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Importance;

/// <summary>Sequences of 4 to 9 steps of three features, of which feature 1, two steps before the last, decides.</summary>
public sealed class SequenceImportanceTests
{
    private const string Decisive = "Features[1]", DecisiveLag = "Features[1][t-2]";

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void The_decisive_feature_and_lag_of_a_value_are_found_in_sequences_of_any_length(int fixedLength)
    {
        IDataView data = Data(fixedLength);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(Options("Value")).Fit(data);
        ImmutableDictionary<string, RegressionMetricsStatistics> features =
            _ml.Regression.PermutationFeatureImportance(model, data, SequencePermutation.Feature, "Value", seed: 1);
        AssertDecisive(features.ToDictionary(feature => feature.Key, feature => -feature.Value.RSquared.Mean), Decisive, 3);
        ImmutableDictionary<string, RegressionMetricsStatistics> lags =
            _ml.Regression.PermutationFeatureImportance(model, data, SequencePermutation.FeatureAndLag, "Value", seed: 1);
        int longest = fixedLength > 0 ? fixedLength : 9;
        AssertDecisive(lags.ToDictionary(lag => lag.Key, lag => -lag.Value.RSquared.Mean), DecisiveLag, 3 * longest);
        Assert.Contains("Features[2][t]", lags.Keys);
        Assert.Contains($"Features[0][t-{longest - 1}]", lags.Keys);
    }

    [Fact]
    public void The_decisive_feature_between_yes_and_no_is_found()
    {
        IDataView data = Data();
        RecurrentTransformer model = _ml.BinaryClassification.Trainers.Recurrent(Options("Answer")).Fit(data);
        AssertDecisive(
            _ml.BinaryClassification.PermutationFeatureImportance(model, data, SequencePermutation.Feature, "Answer", seed: 1)
                .ToDictionary(feature => feature.Key, feature => -feature.Value.Accuracy.Mean),
            Decisive, 3);
        AssertDecisive(
            _ml.BinaryClassification.PermutationFeatureImportance(model, data, SequencePermutation.FeatureAndLag, "Answer", seed: 1)
                .ToDictionary(lag => lag.Key, lag => -2 * lag.Value.AreaUnderRocCurve.Mean),
            DecisiveLag, 27);
    }

    [Fact]
    public void The_decisive_feature_between_classes_is_found_in_a_loaded_pipeline_and_with_OneVersusAll()
    {
        // On the rows of the training, features that were learned by heart seem important.
        IDataView training = Data(count: 600), data = Data(seed: 2);
        IEstimator<ITransformer>[] trainers =
        [
            _ml.MulticlassClassification.Trainers.Recurrent(Options("Class")),
            _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.Recurrent(Options("Class")), "Class"),
        ];
        foreach (IEstimator<ITransformer> trainer in trainers)
        {
            ITransformer model = trainer.Append(_ml.Transforms.CopyColumns("Predicted", "PredictedLabel")).Fit(training);
            var expected = Measure(_ml, model, data);
            AssertDecisive(expected, Decisive, 3);
            using var stream = new MemoryStream();
            _ml.Model.Save(model, data.Schema, stream);
            var other = new MLContext();
            ITransformer loaded = other.Model.Load(stream, out _);
            Assert.Equal(expected.OrderBy(pair => pair.Key), Measure(other, loaded, loaded.Transform(data)).OrderBy(pair => pair.Key));
        }

        static Dictionary<string, double> Measure(MLContext ml, ITransformer model, IDataView data) => ml.MulticlassClassification
            .PermutationFeatureImportance(model, data, SequencePermutation.Feature, "Class", seed: 1)
            .ToDictionary(feature => feature.Key, feature => -feature.Value.MicroAccuracy.Mean);
    }

    [Fact]
    public void The_same_seed_gives_the_same_results_and_permutations_give_a_deviation()
    {
        IDataView data = Data();
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(Options("Value")).Fit(data);
        var fractions = new List<double>();
        RegressionMetricsStatistics first = Measure(seed: 3, new Fractions(fractions.Add)), again = Measure(seed: 3);
        RegressionMetricsStatistics other = Measure(seed: 4);
        Assert.Equal(Enumerable.Range(1, 9).Select(i => i / 9.0), fractions);
        Assert.Equal(first.RSquared.Mean, again.RSquared.Mean);
        Assert.NotEqual(first.RSquared.Mean, other.RSquared.Mean);
        Assert.Equal(3, first.RSquared.Count);
        Assert.InRange(first.RSquared.StandardDeviation, 1e-6, 1);

        RegressionMetricsStatistics Measure(int seed, IProgress<double>? progress = null) => _ml.Regression.PermutationFeatureImportance(
            model, data, SequencePermutation.Feature, "Value", permutationCount: 3, seed: seed, progress: progress)[Decisive];
    }

    [Fact]
    public void The_number_of_rows_can_be_limited()
    {
        IDataView data = Data();
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(Options("Value")).Fit(data);
        Assert.Equal(
            Measure(_ml.Data.TakeRows(data, 50), null).OrderBy(pair => pair.Key), Measure(data, 50).OrderBy(pair => pair.Key));

        Dictionary<string, double> Measure(IDataView rows, int? count) => _ml.Regression.PermutationFeatureImportance(
            model, rows, SequencePermutation.Feature, "Value", numberOfExamplesToUse: count, seed: 1)
            .ToDictionary(feature => feature.Key, feature => feature.Value.MeanAbsoluteError.Mean);
    }

    [Fact]
    public void Calls_without_a_permutation_are_those_of_MLNET()
    {
        IDataView data = Data();
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(Options("Value")).Fit(data);
        // Without a known size, they give nothing.
        Assert.Empty(_ml.Regression.PermutationFeatureImportance(model, data, "Value", permutationCount: 2));
    }

    private static void AssertDecisive(Dictionary<string, double> losses, string expected, int count)
    {
        Assert.Equal(count, losses.Count);
        Assert.Equal(expected, losses.MaxBy(loss => loss.Value).Key);
        Assert.InRange(losses[expected], 0.3, 3);
        Assert.All(losses.Where(loss => loss.Key != expected), loss => Assert.InRange(loss.Value, -0.1, 0.15));
    }

    private static RecurrentOptions Options(string label) => new()
    {
        LabelColumnName = label,
        Layers = [new GruLayer(12)],
        Pooling = SequencePooling.Last,
        AllowLabelInFeatures = true,
        NumberOfEpochs = 60,
        LearningRate = 0.02f,
        Seed = 1,
    };

    private IDataView Data(int fixedLength = 0, int count = 300, int seed = 1)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Sequence));
        if (fixedLength > 0)
            schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, fixedLength, 3);
        var random = new Random(seed);
        return _ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ =>
        {
            int steps = fixedLength > 0 ? fixedLength : random.Next(4, 10);
            float[] features = [.. Enumerable.Range(0, 3 * steps).Select(_ => 2 * random.NextSingle() - 1)];
            float decisive = features[3 * (steps - 3) + 1];
            return new Sequence
            {
                Features = features,
                Value = decisive,
                Answer = decisive > 0,
                // Counted from 0: ML.NET makes keys of them, counted from 1.
                Class = decisive < -0.3f ? 0u : decisive < 0.3f ? 1u : 2u,
            };
        }).ToArray(), schema);
    }

    private sealed class Fractions(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }

    private sealed class Sequence
    {
        [VectorType(0, 3)]
        public float[] Features { get; set; } = [];

        public float Value { get; set; }

        public bool Answer { get; set; }

        [KeyType(3)]
        public uint Class { get; set; }
    }
}
