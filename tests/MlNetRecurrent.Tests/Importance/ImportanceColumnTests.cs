using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Importance;

/// <summary>Columns of all kinds that a network reads, one of which decides.</summary>
public sealed class ImportanceColumnTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("Events", "Events", "Events[t-1]")]
    [InlineData("Steps", "Steps[0]", "Steps[0][t-1]")]
    [InlineData("Scalar", "Scalar", "Scalar")]
    [InlineData("Flag", "Flag", "Flag")]
    [InlineData("Kind", "Kind", "Kind")]
    [InlineData("Vector", "Vector[1]", "Vector[1]")]
    public void The_decisive_column_is_found_whatever_its_kind(string column, string feature, string lag)
    {
        IDataView data = Data(column);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(new()
        {
            FeatureColumnNames = ["Steps", "Events"],
            StaticColumnNames = ["Scalar", "Flag", "Kind", "Vector"],
            EmbeddingSize = 3,
            Layers = [new GruLayer(8)],
            Pooling = SequencePooling.Last,
            AllowLabelInFeatures = true,
            NumberOfEpochs = 40,
            LearningRate = 0.02f,
            Seed = 1,
        }).Fit(data);
        Assert.Equal(feature, MostImportant(SequencePermutation.Feature, 7));
        Assert.Equal(lag, MostImportant(SequencePermutation.FeatureAndLag, 5 + 2 * 6));

        string MostImportant(SequencePermutation permutation, int count)
        {
            ImmutableDictionary<string, RegressionMetricsStatistics> found =
                _ml.Regression.PermutationFeatureImportance(model, data, permutation, seed: 1);
            Assert.Equal(count, found.Count);
            KeyValuePair<string, RegressionMetricsStatistics> most = found.MinBy(result => result.Value.RSquared.Mean);
            Assert.InRange(most.Value.RSquared.Mean, -3, -0.5);
            Assert.All(found.Where(other => other.Key != most.Key), other => Assert.InRange(other.Value.RSquared.Mean, -0.2, 0.1));
            return most.Key;
        }
    }

    [Fact]
    public void Characters_are_exchanged_with_their_word()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Line
        {
            Words = [.. Enumerable.Range(0, 2 + i % 3).Select(k => new[] { "ab", "b", "cab" }[(i + k) % 3])],
            Label = (i + 1 + i % 3) % 3,
        }).ToArray());
        IDataView data = _ml.Transforms.TokenizeWordsIntoCharacters("Characters", "Words").Fit(rows).Transform(rows);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(new()
        {
            FeatureColumnName = "Characters",
            Layers = [new GruLayer(4)],
            EmbeddingSize = 4,
            NumberOfEpochs = 5,
            LearningRate = 0.02f,
            Seed = 1,
        }).Fit(data);
        Assert.Equal(
            ["Characters[t-1]", "Characters[t-2]", "Characters[t-3]", "Characters[t]"],
            _ml.Regression.PermutationFeatureImportance(model, data, SequencePermutation.FeatureAndLag).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Windows_give_their_slot_names_or_the_names_of_their_columns()
    {
        var random = new Random(1);
        IDataView table = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(_ => new Hour
        {
            Wind = random.NextSingle(),
            Rain = random.NextSingle(),
            Label = random.NextSingle(),
        }).ToArray());
        IDataView data = _ml.Transforms.SlidingWindow("Features", ["Wind", "Rain"], windowSize: 2, horizon: 1).Fit(table).Transform(table);
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(new()
        {
            Layers = [new GruLayer(4)],
            NumberOfEpochs = 2,
            Seed = 1,
        }).Fit(data);
        Assert.Equal(["Rain", "Wind"], Names(SequencePermutation.Feature));
        Assert.Equal(["Rain[t-1]", "Rain[t-2]", "Wind[t-1]", "Wind[t-2]"], Names(SequencePermutation.FeatureAndLag));

        IEnumerable<string> Names(SequencePermutation permutation) =>
            _ml.Regression.PermutationFeatureImportance(model, data, permutation).Keys.Order();
    }

    [Fact]
    public void Slot_names_that_occur_twice_are_not_used()
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
        string[] names = ["a", "Vector[0]"];
        VBuffer<ReadOnlyMemory<char>> slots = new(2, Array.ConvertAll(names, name => name.AsMemory()));
        schema["Vector"].AddAnnotation("SlotNames", slots, new VectorDataViewType(TextDataViewType.Instance, 2));
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(
            i => new Row { Steps = [i, 1], Vector = [i % 3, i % 5], Label = i % 7 }).ToArray(), schema);
        Assert.Equal(["Steps[0]", "Vector[1]", "a"], Names("Vector"));
        data = _ml.Transforms.CopyColumns("Copy", "Vector").Fit(data).Transform(data);
        Assert.Equal(["Copy[0]", "Copy[1]", "Steps[0]", "Vector[0]", "Vector[1]"], Names("Vector", "Copy"));

        IEnumerable<string> Names(params string[] columns)
        {
            RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(new()
            {
                FeatureColumnName = "Steps",
                StaticColumnNames = columns,
                NumberOfEpochs = 1,
                Seed = 1,
            }).Fit(data);
            return _ml.Regression.PermutationFeatureImportance(model, data, SequencePermutation.Feature).Keys.Order(StringComparer.Ordinal);
        }
    }

    [Fact]
    public void What_cannot_be_is_refused_by_name()
    {
        IDataView data = Data("Steps");
        RecurrentTransformer model = _ml.Regression.Trainers.Recurrent(new()
        {
            FeatureColumnName = "Steps",
            AllowLabelInFeatures = true,
            NumberOfEpochs = 1,
            Seed = 1,
        }).Fit(data);
        Assert.Throws<ArgumentOutOfRangeException>("permutation", () => Measure(data, (SequencePermutation)2));
        Assert.Throws<ArgumentOutOfRangeException>("permutationCount", () => Measure(data, permutationCount: 0));
        Assert.Throws<ArgumentOutOfRangeException>("numberOfExamplesToUse", () => Measure(data, count: 0));
        Assert.Contains(
            "Column 'Other' is missing. The data has: ",
            Assert.Throws<ArgumentOutOfRangeException>(() => Measure(data, label: "Other")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "are vectors", Assert.Throws<ArgumentException>(() => Measure(data, label: "Vector")).Message, StringComparison.Ordinal);
        IDataView without = _ml.Transforms.DropColumns("Steps").Fit(data).Transform(data);
        Assert.Contains("'Steps'", Assert.Throws<ArgumentOutOfRangeException>(() => Measure(without)).Message, StringComparison.Ordinal);
        IDataView empty = _ml.Data.FilterRowsByColumn(data, "Scalar", 10, 20);
        Assert.Equal("The data has no rows.", Assert.Throws<InvalidOperationException>(() => Measure(empty)).Message);
        Assert.Equal(
            "The model is for the task Regression; its importance is not measured by the metrics of BinaryClassification.",
            Assert.Throws<ArgumentException>(
                () => _ml.BinaryClassification.PermutationFeatureImportance(model, data, SequencePermutation.Feature)).Message);

        void Measure(
            IDataView rows, SequencePermutation permutation = default, string label = "Label", int? count = null,
            int permutationCount = 1) => _ml.Regression.PermutationFeatureImportance(
                model, rows, permutation, label, count, permutationCount);
    }

    /// <summary>Rows of 2 to 6 steps, whose label is the value of a column, of its last step but one if it has steps.</summary>
    private IDataView Data(string decisive)
    {
        var random = new Random(1);
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(_ =>
        {
            var row = new Row
            {
                Steps = [.. Enumerable.Range(0, random.Next(2, 7)).Select(_ => random.NextSingle())],
                Scalar = random.NextSingle(),
                Flag = random.Next(2) > 0,
                Kind = (uint)random.Next(1, 4),
                Vector = [random.NextSingle(), random.NextSingle()],
            };
            row.Events = [.. row.Steps.Select(_ => (uint)random.Next(1, 4))];
            row.Label = decisive switch
            {
                "Steps" => row.Steps[^2],
                "Events" => row.Events[^2],
                "Scalar" => row.Scalar,
                "Flag" => row.Flag ? 1 : 0,
                "Kind" => row.Kind,
                _ => row.Vector[1],
            };
            return row;
        }).ToArray());
        return _ml.Transforms.Conversion.MapValueToKey("Events")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Kind")).Fit(rows).Transform(rows);
    }

    private sealed class Row
    {
        public float[] Steps { get; set; } = [];

        public uint[] Events { get; set; } = [];

        public float Scalar { get; set; }

        public bool Flag { get; set; }

        public uint Kind { get; set; }

        [VectorType(2)]
        public float[] Vector { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Line
    {
        public string[] Words { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Hour
    {
        public float Wind { get; set; }

        public float Rain { get; set; }

        public float Label { get; set; }
    }
}
