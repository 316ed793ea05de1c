using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>The catalog returns estimators of its own types; programs use them as <see cref="IEstimator{TTransformer}"/>.</summary>
public sealed class SequenceEstimatorTests
{
    private static readonly MLContext _ml = new(seed: 1);

    private static readonly IDataView _data = Scaled(_ml.Data.LoadFromEnumerable(
        Enumerable.Range(0, 6).Select(i => new Row { Entity = $"{i % 2}", Words = ["a", $"{i}"], Number = i, Steps = [i, i + 1, i * i] })));

    /// <summary>One estimator of each method, as the interface, and the column that it makes.</summary>
    private static readonly Dictionary<string, (IEstimator<ITransformer> Estimator, string Column)> _estimators = new()
    {
        ["SlidingWindow"] = (_ml.Transforms.SlidingWindow("Out", ["Number"], windowSize: 2), "Out"),
        ["SlidingWindow, options"] = (
            _ml.Transforms.SlidingWindow(new() { OutputColumnName = "Out", InputColumnNames = ["Number"] }), "Out"),
        ["GroupIntoSequences"] = (_ml.Transforms.GroupIntoSequences("Entity", null, ["Number"]), "Number"),
        ["GroupIntoSequences, options"] = (
            _ml.Transforms.GroupIntoSequences(new() { GroupColumnName = "Entity", SequenceColumnNames = ["Number"] }), "Number"),
        ["ZipSteps"] = (_ml.Transforms.ZipSteps("Out", ["Steps", "Steps"]), "Out"),
        ["NormalizeSequence"] = (_ml.Transforms.NormalizeSequence("Out", "Steps"), "Out"),
        ["PadOrTruncate"] = (_ml.Transforms.PadOrTruncate("Out", 4, "Steps"), "Out"),
        ["Differences"] = (_ml.Transforms.Differences("Out", "Steps"), "Out"),
        ["LagFeatures"] = (_ml.Transforms.LagFeatures("Out", [0, 1], "Steps"), "Out"),
        ["TokenizeIntoCharacters"] = (_ml.Transforms.TokenizeIntoCharacters("Out", "Entity"), "Out"),
        ["TokenizeWordsIntoCharacters"] = (_ml.Transforms.TokenizeWordsIntoCharacters("Out", "Words"), "Out"),
        ["FeaturizeCalendar"] = (_ml.Transforms.FeaturizeCalendar("Out", CalendarParts.Month, "Date"), "Out"),
        ["NormalizeByGroup"] = (_ml.Transforms.NormalizeByGroup("Out", "Entity", "Number"), "Out"),
        ["DenormalizeByGroup"] = (_ml.Transforms.DenormalizeByGroup("Out", "Number", "Scaled"), "Out"),
        ["FillMissingValues"] = (_ml.Transforms.FillMissingValues("Out", "Number"), "Out"),
        ["FillMissingValues, options"] = (
            _ml.Transforms.FillMissingValues(new() { OutputColumnName = "Out", InputColumnName = "Number" }), "Out"),
        ["Resample"] = (
            _ml.Transforms.Resample("Date", TimeSpan.FromDays(1), [new("Number", ResampleFunction.Sum, "Out")], "Entity"), "Out"),
        ["Resample, options"] = (
            _ml.Transforms.Resample(new()
            {
                OrderColumnName = "Number",
                OrderInterval = 2,
                Columns = [new("Number", ResampleFunction.Sum, "Out")],
                GroupColumnName = "Entity",
            }), "Out"),
    };

    public static TheoryData<string> Names => [.. _estimators.Keys];

    [Fact]
    public void Each_method_returns_a_sealed_type_of_its_own_that_only_the_catalog_creates()
    {
        MethodInfo[] methods = typeof(SequenceCatalog).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);
        Assert.Equal(_estimators.Count, methods.Length);
        foreach (IGrouping<Type, MethodInfo> made in methods.GroupBy(method => method.ReturnType))
        {
            Assert.Single(made.Select(method => method.Name).Distinct());
            Assert.True(made.Key.IsSealed && made.Key.IsPublic, made.Key.Name);
            Assert.Equal(typeof(SequenceTransformEstimator), made.Key.BaseType);
            Assert.Empty(made.Key.GetConstructors());
            Assert.Contains(_estimators.Values, pair => pair.Estimator.GetType() == made.Key);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_estimator_is_fitted_and_chained_as_the_interface(string name)
    {
        (IEstimator<ITransformer> estimator, string column) = _estimators[name];
        DataViewType type = estimator.Fit(_data).Transform(_data).Schema[column].Type;
        Assert.Contains(estimator.GetOutputSchema(Interop.SchemaShapes.Of(_data.Schema)), shape => shape.Name == column);
        IEstimator<ITransformer> chain = estimator.Append(_ml.Transforms.CopyColumns("Copy", column));
        chain = chain.Append(_ml.Transforms.SelectColumns("Copy"));
        Assert.Equal(type, chain.Fit(_data).Transform(_data).Schema["Copy"].Type);
        EstimatorChain<ITransformer> last = _ml.Transforms.CopyColumns("Unused", "Entity").Append(estimator);
        Assert.Equal(type, last.Fit(_data).Transform(_data).Schema[column].Type);
    }

    [Fact]
    public void Estimators_stand_side_by_side_as_the_interface()
    {
        IEstimator<ITransformer>[] both = [_ml.Transforms.Differences("A", "Steps"), _ml.Transforms.LagFeatures("B", [0, 1], "A")];
        Func<string, IEstimator<ITransformer>> pad = output => _ml.Transforms.PadOrTruncate(output, 4, "B");
        IEstimator<ITransformer> pipeline = both.Append(pad("C")).Aggregate((left, right) => left.Append(right));
        Assert.Equal([4, 2], ((VectorDataViewType)pipeline.Fit(_data).Transform(_data).Schema["C"].Type).Dimensions);
    }

    private static IDataView Scaled(IDataView data) =>
        _ml.Transforms.NormalizeByGroup("Scaled", "Entity", "Number").Fit(data).Transform(data);

    private sealed class Row
    {
        public DateTime Date => new DateTime(2024, 1, 1).AddDays(Number);

        public string Entity { get; set; } = "";

        public string[] Words { get; set; } = [];

        public float Number { get; set; }

        public float[] Steps { get; set; } = [];
    }
}
