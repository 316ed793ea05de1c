using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Windows of three steps of two features, of which one feature of one step decides.</summary>
public sealed class PermutationFeatureImportanceTests
{
    private const int Decisive = 3;

    private static readonly string[] _names = ["a, first", "b, first", "a, second", "b, second", "a, last", "b, last"];

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<bool> HasSteps => [true, false];

    [Theory]
    [MemberData(nameof(HasSteps))]
    public void It_finds_the_feature_that_decides_between_yes_and_no(bool hasSteps)
    {
        IDataView data = Data(hasSteps);
        RecurrentTransformer model = _ml.BinaryClassification.Trainers.Recurrent(Options("Answer")).Fit(data);
        AssertDecisive(
            _ml.BinaryClassification.PermutationFeatureImportanceNonCalibrated(model, data, "Answer")
            .ToDictionary(slot => slot.Key, slot => -slot.Value.Accuracy.Mean));
        var interfaced = (ISingleFeaturePredictionTransformer<object>)model;
        AssertDecisive(
            _ml.BinaryClassification.PermutationFeatureImportance(interfaced, data, "Answer"), slot => -slot.Accuracy.Mean);
    }

    [Theory]
    [MemberData(nameof(HasSteps))]
    public void It_finds_the_feature_that_decides_between_classes(bool hasSteps)
    {
        IDataView data = Data(hasSteps);
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers.Recurrent(Options("Class")).Fit(data);
        AssertDecisive(
            _ml.MulticlassClassification.PermutationFeatureImportance((ITransformer)model, data, "Class")
            .ToDictionary(slot => slot.Key, slot => -slot.Value.MicroAccuracy.Mean));
        AssertDecisive(_ml.MulticlassClassification.PermutationFeatureImportance(model, data, "Class"), slot => -slot.MicroAccuracy.Mean);
    }

    [Theory]
    [MemberData(nameof(HasSteps))]
    public void It_finds_the_feature_that_decides_a_value(bool hasSteps)
    {
        IDataView data = Data(hasSteps);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(Options("Value")).Fit(data);
        AssertDecisive(
            _ml.Regression.PermutationFeatureImportance((ITransformer)model, data, "Value")
            .ToDictionary(slot => slot.Key, slot => -slot.Value.RSquared.Mean));
        AssertDecisive(_ml.Regression.PermutationFeatureImportance(model, data, "Value"), slot => -slot.RSquared.Mean);
    }

    [Fact]
    public void It_takes_a_loaded_pipeline_whose_window_is_concatenated_of_columns()
    {
        IDataView columns = _ml.Data.LoadFromEnumerable(Generate().Select(row => new Columns
        {
            A0 = row.Features[0],
            B0 = row.Features[1],
            A1 = row.Features[2],
            B1 = row.Features[3],
            Value = row.Value,
        }).ToArray());
        IEstimator<ITransformer> pipeline = _ml.Transforms.Concatenate("Features", "A0", "B0", "A1", "B1")
            .Append(_ml.Regression.Trainers.Recurrent(Options("Value")))
            .Append(_ml.Transforms.CopyColumns("Predicted", "Score"));
        using var stream = new MemoryStream();
        _ml.Model.Save(pipeline.Fit(columns), columns.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _ml.Model.Load(stream, out _);
        ImmutableDictionary<string, RegressionMetricsStatistics> found =
            _ml.Regression.PermutationFeatureImportance(loaded, loaded.Transform(columns), "Value");
        Assert.Equal(["A0", "A1", "B0", "B1"], found.Keys.Order());
        Assert.Equal("B1", found.MinBy(slot => slot.Value.RSquared.Mean).Key);
    }

    [Fact]
    public void A_model_says_which_column_it_reads()
    {
        ISingleFeaturePredictionTransformer<object> numbers = new ContractCase(_ml, "Regression.Gru", "Vector<Single, 3, 2>").Fit();
        ISingleFeaturePredictionTransformer<object> keys = new ContractCase(_ml, "Regression.Gru", "Vector<Key<UInt32>>").Fit();
        Assert.Equal(
            ("Features", new VectorDataViewType(NumberDataViewType.Single, 0, 2)),
            (numbers.FeatureColumnName, numbers.FeatureColumnType));
        Assert.Equal(new VectorDataViewType(new KeyDataViewType(typeof(uint), 3)), keys.FeatureColumnType);
        Assert.NotNull(numbers.Model);
    }

    private static void AssertDecisive<T>(ImmutableArray<T> slots, Func<T, double> loss)
    {
        Assert.Equal(_names.Length, slots.Length);
        AssertDecisive(Enumerable.Range(0, slots.Length).ToDictionary(i => _names[i], i => loss(slots[i])));
    }

    private static void AssertDecisive(Dictionary<string, double> losses)
    {
        Assert.Equal(_names.Order(), losses.Keys.Order());
        Assert.Equal(_names[Decisive], losses.MaxBy(slot => slot.Value).Key);
        Assert.InRange(losses[_names[Decisive]], 0.2, 2.5);
        Assert.All(losses.Where(slot => slot.Key != _names[Decisive]), slot => Assert.InRange(slot.Value, -0.1, 0.1));
    }

    private static RecurrentOptions Options(string label) => new()
    {
        LabelColumnName = label,
        Layers = [new GruLayer(8)],
        NumberOfFeatures = 2,
        NumberOfEpochs = 40,
        AllowLabelInFeatures = true,
        LearningRate = 0.02f,
        Seed = 1,
    };

    private IDataView Data(bool hasSteps)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Window));
        if (hasSteps)
            schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, 2);
        VBuffer<ReadOnlyMemory<char>> names = new(_names.Length, Array.ConvertAll(_names, name => name.AsMemory()));
        schema["Features"].AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, _names.Length));
        return _ml.Data.LoadFromEnumerable(Generate(), schema);
    }

    private static Window[] Generate()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 200).Select(_ =>
        {
            float[] features = [.. _names.Select(_ => 2 * random.NextSingle() - 1)];
            float decisive = features[Decisive];
            return new Window
            {
                Features = features,
                Answer = decisive > 0,
                Class = decisive < -0.3f ? 1u : decisive < 0.3f ? 2u : 3u,
                Value = decisive,
            };
        })];
    }

    private sealed class Window
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public bool Answer { get; set; }

        [KeyType(3)]
        public uint Class { get; set; }

        public float Value { get; set; }
    }

    private sealed class Columns
    {
        public float A0 { get; set; }

        public float B0 { get; set; }

        public float A1 { get; set; }

        public float B1 { get; set; }

        public float Value { get; set; }
    }
}
