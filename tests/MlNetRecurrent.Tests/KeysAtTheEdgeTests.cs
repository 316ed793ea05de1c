using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Keys up to the last one of their type are read, in each of the integers that hold keys, and the next one is refused.</summary>
public sealed class KeysAtTheEdgeTests
{
    private const int Keys = 200;

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void The_last_key_is_a_token_like_any_other()
    {
        Assert.Equal([1, 2], Widths<byte>([1, Keys], Keys));
        Assert.Equal([1, 2], Widths<ushort>([1, Keys], Keys));
        Assert.Equal([1, 2], Widths<uint>([1, Keys], Keys));
        Assert.Equal([1, 2], Widths<ulong>([1, Keys], Keys));
    }

    [Fact]
    public void A_key_beyond_the_last_one_is_an_error_that_says_where()
    {
        foreach (Action read in (Action[])[() => Widths<byte>([1, Keys + 1], Keys), () => Widths<ushort>([1, Keys + 1], Keys), () =>
            Widths<uint>([1, Keys + 1], Keys), () => Widths<ulong>([1, Keys + 1], Keys)])
            AssertRefused(read, "holds key 201, beyond the 200 of its type");
        AssertRefused(() => Widths<uint>([1, uint.MaxValue], Keys), "beyond the 200 of its type");
        AssertRefused(() => Widths<ulong>([1, ulong.MaxValue], Keys), "beyond the 200 of its type");
        AssertRefused(() => Widths<ulong>([1, 1ul << 32 | 1], Keys), "beyond the 200 of its type");
    }

    [Fact]
    public void A_step_that_is_joined_from_keys_holds_none_beyond_the_last_one_either()
    {
        IDataView data = View<uint>([1, Keys + 1], Keys);
        foreach (bool oneHot in (bool[])[false, true])
        {
            IDataView joined = _ml.Transforms.ZipSteps("Out", ["Features"], oneHotKeys: oneHot).Fit(data).Transform(data);
            Assert.Contains("Column 'Features': row 1, step 1 (both counted from 0) holds key 201, beyond the 200 of its type",
                Assert.Throws<InvalidOperationException>(() => joined.GetColumn<float[]>("Out").ToArray()).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Labels_of_more_classes_than_a_network_can_tell_apart_are_refused_before_memory_is_taken_for_them(bool isTagger)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(
            [new Hashed { Words = ["a", "b"], Kind = "x" }, new Hashed { Words = ["c"], Kind = "y" }]);
        IDataView hashed = _ml.Transforms.Conversion.Hash("Features", "Words", numberOfBits: 4)
            .Append(_ml.Transforms.Conversion.Hash("Label", isTagger ? "Words" : "Kind")).Fit(data).Transform(data);
        RecurrentOptions options = Example.QuickOptions();
        RecurrentTrainer trainer = isTagger
            ? _ml.MulticlassClassification.Trainers.SequenceTagger(options)
            : _ml.MulticlassClassification.Trainers.Recurrent(options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string said = Assert.Throws<InvalidOperationException>(() => trainer.Fit(hashed)).Message;
        Assert.Contains(
            "Label column 'Label' has keys of 2147483648 values; a network can tell at most 1048576 classes apart",
            said, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 24);
    }

    /// <summary>
    /// Labels of 200 classes in a byte, the last of which has its highest bit set. ML.NET counts the keys of objects from 0.
    /// </summary>
    [Fact]
    public void Labels_are_read_from_bytes_without_a_sign()
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Labelled));
        schema["Label"].ColumnType = new KeyDataViewType(typeof(byte), Keys);
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1);
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 100)
            .Select(i => new Labelled { Features = [i % 2], Label = (byte)(i % 2 == 0 ? 0 : Keys - 1) }), schema);
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 30;
        options.LearningRate = 0.1f;
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 1u : Keys),
            _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data).Transform(data).GetColumn<uint>("PredictedLabel"));
    }

    private static void AssertRefused(Action read, string message)
    {
        string found = Assert.Throws<InvalidOperationException>(read).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.Contains("row 1, step 1", found, StringComparison.Ordinal);
    }

    /// <summary>The steps of each row, after a training has read them.</summary>
    private int[] Widths<T>(T[] tokens, int keys)
    {
        IDataView data = View(tokens, keys);
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 1;
        options.EncodingColumnName = "Encoding";
        RecurrentTransformer model = _ml.BinaryClassification.Trainers.Recurrent(options).Fit(data);
        Assert.All(model.Transform(data).GetColumn<float>("Score"), score => Assert.True(float.IsFinite(score)));
        return [.. data.GetColumn<T[]>("Features").Select(row => row.Length)];
    }

    /// <summary>A row of the first token, and one of all.</summary>
    private IDataView View<T>(T[] tokens, int keys)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Tokens<T>));
        schema["Features"].ColumnType = new VectorDataViewType(new KeyDataViewType(typeof(T), keys));
        return _ml.Data.LoadFromEnumerable(
            [new Tokens<T> { Features = tokens[..1], Label = true }, new Tokens<T> { Features = tokens, Label = false }], schema);
    }

    private sealed class Tokens<T>
    {
        public T[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class Labelled
    {
        public float[] Features { get; set; } = [];

        public byte Label { get; set; }
    }

    private sealed class Hashed
    {
        public string[] Words { get; set; } = [];

        public string Kind { get; set; } = "";
    }
}
