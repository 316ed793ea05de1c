using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using static MlNetRecurrent.Tests.Files.KeyRefusal;

namespace MlNetRecurrent.Tests.Files;

/// <summary>One-hot numbers of other categories, or of the same in another order, do not pass as the same.</summary>
public sealed class OneHotMeaningTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Steps from one-hot columns, or keys, to sequences.</summary>
    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> _sequences = new()
    {
        ["a window"] = ml => OneHot(ml).Append(ml.Transforms.SlidingWindow("Features", ["Kinds"], windowSize: 2)),
        ["a window of several columns"] = ml => OneHot(ml)
            .Append(ml.Transforms.SlidingWindow("Features", ["Number", "Kinds"], windowSize: 2, horizon: 1)),
        ["a group"] = ml => OneHot(ml)
            .Append(ml.Transforms.GroupIntoSequences("Group", null, ["Kinds"], ["Label"]))
            .Append(ml.Transforms.CopyColumns("Features", "Kinds")),
        ["joined steps"] = ml => ml.Transforms.Conversion.MapValueToKey("Keys", "Words")
            .Append(ml.Transforms.ZipSteps("Features", ["Keys"])),
        ["joined steps, lagged and padded"] = ml => ml.Transforms.Conversion.MapValueToKey("Keys", "Words")
            .Append(ml.Transforms.ZipSteps("Steps", ["Keys"]))
            .Append(ml.Transforms.LagFeatures("Lagged", [0, 1], "Steps")).Append(ml.Transforms.PadOrTruncate("Features", 4, "Lagged")),
    };

    public static TheoryData<string> Sequences => [.. _sequences.Keys];

    [Theory]
    [MemberData(nameof(Sequences))]
    public void Sequences_that_were_made_anew_of_other_one_hot_numbers_are_refused(string name)
    {
        RecurrentOptions options = Options("Features");
        options.NumberOfEpochs = 1;
        RecurrentTrainer trainer = _ml.BinaryClassification.Trainers.Recurrent(options);
        IDataView data = Make("a", "b", "c");
        RecurrentTransformer model = trainer.Fit(data);
        foreach (RecurrentTransformer used in (RecurrentTransformer[])[model, Reloaded(model, data)])
        {
            foreach (IDataView other in (IDataView[])[Make("a", "b", "d"), Make("b", "a", "c")])
            {
                string said = Assert.Throws<InvalidOperationException>(() => used.Transform(other)).Message;
                Assert.StartsWith(
                    "Feature column 'Features' holds one-hot numbers, as many as the model was trained on, but other values",
                    said, StringComparison.Ordinal);
                said = Assert.Throws<ArgumentException>(() => trainer.Fit(other, used)).Message;
                Assert.Contains("other values", said, StringComparison.Ordinal);
            }
            Assert.Equal(model.Transform(data).GetColumn<float>("Score"), used.Transform(Make("a", "b", "c")).GetColumn<float>("Score"));
            trainer.Fit(Make("a", "b", "c"), used);
        }

        IDataView Make(params string[] kinds)
        {
            IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 30).Select(i => new KindRow
            {
                Kind = kinds[i % 3],
                Words = [kinds[i % 3], kinds[(i + 1) % 3]],
                Number = i * i % 7,
                Label = i % 4 < 2,
                Group = i / 3,
            }));
            return _sequences[name](_ml).Fit(rows).Transform(rows);
        }
    }

    [Fact]
    public void One_hot_columns_of_other_categories_are_refused_in_windows_groups_and_features()
    {
        IDataView Table(params string[] kinds) => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(i => new Table
        {
            Kind = kinds[i % 3],
            Group = "g",
            Answer = i % 2 == 0,
            Kinds = [kinds[i % 3], kinds[(i + 1) % 3]],
        }));
        IDataView Encode(IDataView table) => _ml.Transforms.Categorical.OneHotEncoding(
            [new("OneHot", "Kind"), new("Steps", "Kinds")], keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(table).Transform(table);
        IDataView data = Encode(Table("a", "b", "c")), same = Encode(Table("b", "c", "a")), other = Encode(Table("a", "b", "d"));
        RecurrentOptions options = new()
        {
            Layers = [new GruLayer(2)],
            NumberOfEpochs = 1,
            LabelColumnName = "Answer",
            FeatureColumnName = "Steps",
        };
        foreach (IEstimator<ITransformer> estimator in (IEstimator<ITransformer>[])[
            _ml.Transforms.SlidingWindow("W", ["OneHot"], 2), _ml.Transforms.GroupIntoSequences("Group", null, ["OneHot"], ["Answer"]),
            _ml.BinaryClassification.Trainers.Recurrent(options)])
        {
            ITransformer fitted = Reloaded(estimator.Fit(data), data);
            AssertRefused(
                () => fitted.Transform(other), estimator is RecurrentTrainer ? "'Steps' holds one-hot numbers" : "'OneHot' has 3 keys");
            Assert.NotNull(fitted.Transform(same));
        }
    }

    [Fact]
    public void Vectors_that_are_no_categories_may_have_slots_of_any_names()
    {
        IDataView Table(string first, string second)
        {
            var schema = SchemaDefinition.Create(typeof(Table));
            VBuffer<ReadOnlyMemory<char>> names = new(2, [first.AsMemory(), second.AsMemory()]);
            schema["Pair"].AddAnnotation("SlotNames", names, new VectorDataViewType(TextDataViewType.Instance, 2));
            return _ml.Data.LoadFromEnumerable(
                Enumerable.Range(0, 8).Select(i => new Table { Answer = i % 2 == 0, Pair = [i, -i] }), schema);
        }
        Assert.NotNull(_ml.Transforms.SlidingWindow("W", ["Pair"], 2).Fit(Table("a", "b")).Transform(Table("c", "d")));
    }

    private static RecurrentOptions Options(string features) =>
        new() { Layers = [new GruLayer(2)], NumberOfEpochs = 1, Seed = 1, FeatureColumnName = features, EmbeddingSize = 2 };

    private T Reloaded<T>(T model, IDataView data)
        where T : ITransformer
    {
        using var stream = new MemoryStream();
        _ml.Model.Save(model, data.Schema, stream);
        stream.Position = 0;
        return (T)_ml.Model.Load(stream, out _);
    }

    private static IEstimator<ITransformer> OneHot(MLContext ml) => ml.Transforms.Categorical.OneHotEncoding("Kinds", "Kind");

    private sealed class Table
    {
        public string Kind { get; set; } = "";

        public string Group { get; set; } = "";

        public bool Answer { get; set; }

        [VectorType(2)]
        public string[] Kinds { get; set; } = ["", ""];

        [VectorType(2)]
        public float[] Pair { get; set; } = [0, 0];
    }

    private sealed class KindRow
    {
        public string Kind { get; set; } = "";

        public string[] Words { get; set; } = [];

        public float Number { get; set; }

        public bool Label { get; set; }

        public int Group { get; set; }
    }
}
