using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Sequences;

/// <summary>ML.NET does not check whether a vector is as long as its type says, so each of our readers does.</summary>
public sealed class VectorLengthTests
{
    private static readonly Dictionary<string, Func<MLContext, IEstimator<ITransformer>>> _readers = new()
    {
        ["SlidingWindow"] = ml => ml.Transforms.SlidingWindow("Out", ["Vector", "Number"], windowSize: 2),
        ["GroupIntoSequences, sequence"] = ml => ml.Transforms.GroupIntoSequences("Group", null, ["Vector", "Number"]),
        ["GroupIntoSequences, scalar"] = ml => ml.Transforms.GroupIntoSequences("Group", null, ["Number"], ["Vector"]),
        ["ZipSteps"] = ml => ml.Transforms.ZipSteps("Out", ["Vector"]),
        ["ZipSteps of keys"] = ml => ml.Transforms.ZipSteps("Out", ["Keys"]),
        ["NormalizeSequence"] = ml => ml.Transforms.NormalizeSequence("Out", "Vector"),
        ["PadOrTruncate"] = ml => ml.Transforms.PadOrTruncate("Out", 3, "Vector"),
        ["PadOrTruncate of keys"] = ml => ml.Transforms.PadOrTruncate("Out", 3, "Keys"),
        ["Differences"] = ml => ml.Transforms.Differences("Out", "Vector"),
        ["LagFeatures"] = ml => ml.Transforms.LagFeatures("Out", [0, 1], "Vector"),
        ["a trainer"] = ml => ml.Regression.Trainers.Gru("Number", "Vector", hiddenSize: 2, numberOfEpochs: 1),
        ["a trainer of tokens"] = ml => ml.Regression.Trainers.Gru("Number", "Keys", hiddenSize: 2, numberOfEpochs: 1),
        ["a tagger"] = ml => ml.MulticlassClassification.Trainers.SequenceTagger(new RecurrentOptions
        {
            LabelColumnName = "Keys",
            FeatureColumnName = "Any",
            Layers = [new ElmanLayer(2)],
            NumberOfEpochs = 1,
        }),
    };

    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, int, bool> Cases =>
        [.. from reader in _readers.Keys
            from length in new[] { 0, 1, 3 }
            from isSparse in new[] { false, true }
            select (reader, length, isSparse)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_vector_of_another_length_is_refused_by_column_and_row(string reader, int length, bool isSparse)
    {
        IDataView good = View(2, isSparse), bad = View(length, isSparse);
        bool isKey = reader.EndsWith("keys", StringComparison.Ordinal) || reader.EndsWith("tokens", StringComparison.Ordinal)
            || reader == "a tagger";
        // Labels are read in a training alone.
        IDataView learned = reader == "a tagger" ? bad : good;
        string message = Assert.Throws<InvalidOperationException>(
            () => Rows.Of(_readers[reader](_ml).Fit(learned).Transform(bad))).Message;
        Assert.Contains(
            $"olumn '{(isKey ? "Keys" : "Vector")}': row 2 (counted from 0) holds a vector of length {length}",
            message, StringComparison.Ordinal);
        Assert.Contains("says 2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sparse_vectors_are_read_like_dense_ones(bool isSparse)
    {
        IDataView data = View(2, isSparse);
        IDataView windows = _readers["SlidingWindow"](_ml).Fit(data).Transform(data);
        IEnumerable<IEnumerable<float>> numbers = windows.GetColumn<float[]>("Out")
            .Select(window => window.Select((value, i) => i % 3 == 2 ? 0 : value));
        Assert.Equal([[1, 0, 0, 2, 0, 0], [2, 0, 0, 3, 0, 0]], numbers);
        IDataView groups = _readers["GroupIntoSequences, sequence"](_ml).Fit(data).Transform(data);
        Assert.Equal([1, 0, 2, 0, 3, 0], groups.GetColumn<float[]>("Vector").Single());
        Assert.Equal([3, 0], _readers["GroupIntoSequences, scalar"](_ml).Fit(data).Transform(data).GetColumn<float[]>("Vector").Single());
    }

    [Fact]
    public void A_vector_that_a_group_hands_out_is_not_its_own()
    {
        IDataView view = _readers["GroupIntoSequences, scalar"](_ml).Fit(View(2, false)).Transform(View(2, false));
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(view.Schema["Vector"]);
        Assert.True(cursor.MoveNext());
        VBuffer<float> first = default, second = default;
        getter(ref first);
        VBufferEditor.CreateFromBuffer(ref first).Values.Fill(9);
        getter(ref second);
        Assert.Equal([3, 0], second.DenseValues());
    }

    /// <summary>Three rows, the last of which has vectors of this length.</summary>
    private IDataView View(int length, bool isSparse)
    {
        Row[] rows = [Row.Of(2, 1, isSparse), Row.Of(2, 2, isSparse), Row.Of(length, 3, isSparse)];
        return _ml.Data.LoadFromEnumerable(rows);
    }

    private sealed class Row
    {
        public string Group { get; set; } = "A";

        public float Number { get; set; }

        [VectorType(2)]
        public VBuffer<float> Vector { get; set; }

        [VectorType(2), KeyType(3)]
        public VBuffer<uint> Keys { get; set; }

        [VectorType]
        public float[] Any { get; set; } = [];

        public static Row Of(int length, int first, bool isSparse) => new()
        {
            Number = first,
            Vector = Make<float>(length, first, isSparse),
            Keys = Make(length, (uint)first, isSparse),
            Any = new float[length],
        };

        private static VBuffer<T> Make<T>(int length, T first, bool isSparse) => length == 0 || !isSparse
            ? new(length, [.. Enumerable.Range(0, length).Select(i => i == 0 ? first : default!)])
            : new(length, 1, [first], [0]);
    }
}
