using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Sequences.Maps;
using MlNetRecurrent.Sequences.Windows;

namespace MlNetRecurrent.Tests.Files;

/// <summary>Small files that ask for much, with right checksums: they are refused for little more than an honest file costs.</summary>
public sealed class FileCostTests
{
    private const long Most = 1 << 22;

    private const string StackLayer =
        "{\"Cell\":\"Stack\",\"Size\":SIZE,\"TimeReduction\":1,\"Stacks\":{\"NumberOfStacks\":STACKS,\"StackSize\":1,\"Depth\":DEPTH,"
        + "\"HasNoOp\":true,\"RoundsActions\":false,\"HasRecurrentWeights\":false,\"HasBias\":false}}";

    private static readonly MLContext _ml = new(seed: 1);

    private static readonly DescribedFile _honest = Honest();

    [Theory]
    [InlineData(100, 1, 16777215, 1)]
    [InlineData(999, 1, 65536, 64)]
    [InlineData(999, 65536, 65536, 64)]
    [InlineData(2, 65536, 1, 1)]
    public void Layers_of_stacks_that_the_file_has_no_weights_for(int layers, int size, int stacks, int depth)
    {
        string layer = StackLayer.Replace("SIZE", Text(size), StringComparison.Ordinal)
            .Replace("STACKS", Text(stacks), StringComparison.Ordinal)
            .Replace("DEPTH", Text(depth), StringComparison.Ordinal);
        AssertRefused(WithLayers(string.Join(",", Enumerable.Repeat(layer, layers))));
    }

    [Theory]
    [InlineData("Lstm", 999, 65536, 1)]
    [InlineData("Gru", 999, 1, 1024)]
    [InlineData("Elman", 1, 65536, 1024)]
    [InlineData("GruResetBefore", 100_000, 1, 1)]
    public void Layers_that_the_file_has_no_weights_for(string cell, int layers, int size, int timeReduction)
    {
        string layer = $"{{\"Cell\":\"{cell}\",\"Size\":{size},\"Bidirectional\":true,\"TimeReduction\":{timeReduction}}}";
        AssertRefused(WithLayers(string.Join(",", Enumerable.Repeat(layer, layers))), most: 1 << 26);
    }

    [Theory]
    [InlineData("\"Features\":2", "\"Features\":16777215")]
    [InlineData("\"Count\":2", "\"Count\":16777215")]
    [InlineData("\"Outputs\":2", "\"Outputs\":16777215")]
    [InlineData("\"Size\":3", "\"Size\":65536")]
    [InlineData("\"Tokens\":0", "\"Tokens\":16777217")]
    [InlineData("\"Features\":2,\"Tokens\":0", "\"Features\":0,\"Tokens\":16777217")]
    public void Sizes_that_the_file_has_no_weights_for(string old, string now) => AssertRefused(_honest.Replace(old, now));

    [Fact]
    public void A_description_of_hundreds_of_megabytes_or_of_millions_of_values()
    {
        byte[] head = [.. BitConverter.GetBytes(250 << 20), .. new byte[1000]];
        AssertRefused(() => new DescriptionFormat("model").Read(new MemoryStream(head)));
        AssertRefused(() => new DescriptionFormat("model").Read(new MemoryStream([.. BitConverter.GetBytes(60 << 20), .. new byte[1000]])));
        string values = string.Join(",", Enumerable.Repeat("1", 9 << 20));
        byte[] many = Encoding.UTF8.GetBytes("{\"Format\":1,\"Outputs\":{\"LabelValues\":[" + values + "]}}");
        AssertRefused(() => ModelFile.Restore(many, _ => throw new NotSupportedException()));
        byte[] deep = Encoding.UTF8.GetBytes(new string('[', 1 << 20));
        AssertRefused(() => ModelFile.Restore(deep, _ => throw new NotSupportedException()));
        var exception = Assert.Throws<InvalidOperationException>(
            () => DescriptionFormat.Write(Stream.Null, new byte[(1 << 26) + 1]));
        Assert.Contains("Fewer or shorter labels", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_cannot_be_sought_is_read_as_well_and_refused_as_well()
    {
        byte[] whole = _honest.ToArray();
        Assert.Equal(
            ModelFile.Read(_honest.Read()).Network.Parameters.Values.Span,
            ModelFile.Read(new BinaryReader(new OneWay(whole))).Network.Parameters.Values.Span);
        AssertRefused(() => ModelFile.Read(new BinaryReader(new OneWay(whole[..^30]))));
        AssertRefused(() => ModelFile.Read(new BinaryReader(new OneWay(_honest.Replace("\"Size\":3", "\"Size\":65536").ToArray()))));
    }

    [Fact]
    public void Weights_that_are_all_zeros_where_a_zip_unfolds_to_much()
    {
        DescribedFile file = _honest.Replace("\"Size\":3", "\"Size\":16000");
        byte[] head = (file with { Weights = [] }).ToArray();
        AssertRefused(() => ModelFile.Read(new BinaryReader(new Unfolding(head, 5L << 30))), most: 1 << 24);
        // Weights as they are learned, and such of which nine tenths were cut away.
        foreach (int oneOf in (int[])[1, 10])
            WeightDensity.ThrowIfPadded(new Unfolding([], 1L << 30, oneOf), 1L << 30);
        Assert.True(new LoadBudget().TakeWeights(1L << 20));
    }

    [Fact]
    public void Models_of_one_file_that_unfold_to_much_together()
    {
        DescribedFile wide = _honest.Replace("\"Size\":3", "\"Size\":200");
        using var weights = new MemoryStream();
        foreach (long count in (long[])[4 * 200 * 2, 4 * 200 * 200, 4 * 200, 2 * 200, 2])
        {
            weights.Write(BitConverter.GetBytes(count));
            weights.Write(new byte[count * sizeof(float)]);
        }
        var zeros = new MemoryStream((wide with { Weights = weights.ToArray() }).ToArray());
        var spaces = new MemoryStream((_honest with { Description = _honest.Description + new string(' ', 1 << 20) }).ToArray());
        var budget = new LoadBudget();
        Read(zeros);
        Read(spaces);
        Assert.True(budget.TakeWeights(1 << 27));
        Assert.True(budget.TakeDescription(1 << 25));
        Read(zeros);
        Read(spaces);
        Assert.False(budget.TakeWeights(1 << 27));
        Assert.False(budget.TakeDescription(1 << 25));
        Assert.Throws<InvalidDataException>(() => Read(zeros));
        Assert.Throws<InvalidDataException>(() => Read(spaces));
        // Honest ones still find a way in, beside any number of others.
        ModelFile.Read(_honest.Read(), budget);

        void Read(MemoryStream file)
        {
            file.Position = 0;
            ModelFile.Read(new BinaryReader(file), budget);
        }
    }

    [Fact]
    public void Transforms_of_a_zip_that_unfold_to_much_together()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row()]);
        ITransformer transform = _ml.Transforms.PadOrTruncate(new string('x', (1 << 25) - 10), 3, "Wide").Fit(data);
        using var stream = new MemoryStream();
        _ml.Model.Save(new TransformerChain<ITransformer>(transform, transform), data.Schema, stream);
        Assert.InRange(stream.Length, 0, 1 << 20);
        stream.Position = 0;
        Assert.IsType<InvalidDataException>(Assert.ThrowsAny<Exception>(() => _ml.Model.Load(stream, out _)).GetBaseException());
    }

    [Fact]
    public void Numbers_of_transforms_that_become_sizes()
    {
        RowMap[] maps =
        [
            new PaddedSequence { OutputColumnName = "O", InputColumnName = "I", Length = 300_000_000, AtStart = true },
            new PaddedSequence
            {
                OutputColumnName = "O",
                InputColumnName = "I",
                Length = 1,
                AtStart = true,
                NumberOfFeatures = 300_000_000,
            },
            new SequenceDifferences { OutputColumnName = "O", InputColumnName = "I", Lag = 300_000_000 },
            new LaggedFeatures { OutputColumnName = "O", InputColumnName = "I", Lags = [300_000_000] },
            new LaggedFeatures { OutputColumnName = "O", InputColumnName = "I", Lags = new int[5000] },
            new VariableSequence { OutputColumnName = "O", InputColumnName = "I", Features = 300_000_000 },
            new ZippedSteps { OutputColumnName = "O", Inputs = [.. Enumerable.Repeat("I", 70_000)], OneHotKeys = true },
            new ModelOutput
            {
                OutputColumnName = "Score",
                InputColumnName = "I",
                IsFirst = true,
                Outputs = new() { Task = "MulticlassClassification", Count = 300_000_000 },
            },
        ];
        foreach (RowMap map in maps)
            AssertRefused(map.Validate);
        AssertRefused((Windows() with { WindowSize = 300_000_000 }).Validate);
        AssertRefused((Windows() with { WindowSize = 1 << 20, Features = 17 }).Validate);
        AssertRefused((Windows() with { Horizon = 300_000_000 }).Validate);
        AssertRefused((Windows() with { InputColumnNames = [.. Enumerable.Repeat("I", 70_000)] }).Validate);

        static WindowSettings Windows() =>
            new() { OutputColumnName = "O", InputColumnNames = ["I"], WindowSize = 1, Stride = 1, Horizon = 0, Start = WindowStart.Drop };
    }

    [Fact]
    public void Sequences_that_would_become_too_large_are_refused_with_their_size()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new Row()]);
        string message = Assert.Throws<InvalidOperationException>(
            () => _ml.Transforms.PadOrTruncate("O", 1 << 20, "Wide").Fit(data)).Message;
        Assert.Contains("'O' would hold 1048576 steps of 20 features", message, StringComparison.Ordinal);
        Assert.NotNull(_ml.Transforms.PadOrTruncate("O", 1 << 19, "Wide").Fit(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.LagFeatures("O", new int[4097], "Wide"));
        Assert.NotNull(_ml.Transforms.LagFeatures("O", new int[4096], "Wide").Fit(data));
        ITransformer lags = _ml.Transforms.LagFeatures("O", new int[4096], "Wide").Fit(data);
        IDataView long_ = _ml.Data.LoadFromEnumerable([new Row { Wide = new float[20 * 1000] }]);
        message = Assert.Throws<InvalidOperationException>(() => lags.Transform(long_).GetColumn<float[]>("O").First()).Message;
        Assert.Contains("row 0 (counted from 0) would hold 1000 steps of 81920 features", message, StringComparison.Ordinal);
    }

    private static DescribedFile WithLayers(string layers)
    {
        int start = _honest.Description.IndexOf("\"Layers\":[", StringComparison.Ordinal) + 10;
        int end = _honest.Description.IndexOf(']', start);
        return _honest with { Description = _honest.Description[..start] + layers + _honest.Description[end..] };
    }

    private static void AssertRefused(DescribedFile file, long most = Most)
    {
        byte[] bytes = file.ToArray();
        AssertRefused(() => ModelFile.Read(new BinaryReader(new MemoryStream(bytes))), most);
    }

    private static void AssertRefused(Action read, long most = Most)
    {
        Exception? exception = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        exception = Record.Exception(read);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.IsType<InvalidDataException>(exception);
        Assert.InRange(allocated, 0, most);
    }

    private static DescribedFile Honest()
    {
        RecurrentOptions options = new RecurrentOptions { Layers = [new LstmLayer(3)], NumberOfEpochs = 1, Seed = 1 }.Planned();
        RecurrentTransformer model = _ml.MulticlassClassification.Trainers.Recurrent(options).Fit(KeyedRow.Words(_ml, "a", "b"));
        return DescribedFile.Of(writer => ModelFile.Write(writer, model.Model));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Row
    {
        [VectorType(0, 20)]
        public float[] Wide { get; set; } = new float[40];
    }

    /// <summary>Some bytes, and behind them many, of which one float in so many is not zero.</summary>
    private sealed class Unfolding(byte[] head, long length, int oneOf = int.MaxValue) : Stream
    {
        private readonly Random _random = new(1);

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => head.Length + length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = (int)Math.Min(count, Position < head.Length ? head.Length - Position : Length - Position);
            Span<byte> target = buffer.AsSpan(offset, read);
            if (Position < head.Length)
                head.AsSpan((int)Position, read).CopyTo(target);
            else
                FillTail(target);
            Position += read;
            return read;
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private void FillTail(Span<byte> target)
        {
            target.Clear();
            if (oneOf == int.MaxValue)
                return;
            for (int i = 0; i + sizeof(float) <= target.Length; i += oneOf * sizeof(float))
                BitConverter.TryWriteBytes(target[i..], _random.NextSingle() - 0.5f);
        }
    }

    /// <summary>A stream that is only read forward, a few bytes at a time.</summary>
    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 100));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 100)]);
    }
}
