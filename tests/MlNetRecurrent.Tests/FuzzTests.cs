using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Scoring;
using MlNetRecurrent.Tests.Labels;

namespace MlNetRecurrent.Tests;

/// <summary>
/// Files that are damaged at random: each is refused with a message or gives the right answer, quickly and with no more memory than
/// the whole file needs.
/// </summary>
public sealed class FuzzTests : IDisposable
{
    /// <summary>What loading may allocate for another reason than the file: a message, the trace of an exception.</summary>
    private const long Slack = 1 << 18;

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    [Theory]
    [InlineData("classes")]
    [InlineData("values")]
    [InlineData("answers")]
    public void A_model_that_is_damaged_is_refused_or_gives_the_right_scores(string labels)
    {
        (RecurrentTransformer model, IDataView data) = Train(labels);
        using var stream = new MemoryStream();
        ModelFile.Write(new BinaryWriter(stream), model.Model);
        float[][] expected = Scores(model, data);
        Fuzz(stream.ToArray(), mutations: 1500, bytes =>
        {
            TrainedModel loaded = ModelFile.Read(new BinaryReader(new MemoryStream(bytes)));
            return () => Assert.Equal(expected, Scores(new RecurrentTransformer(loaded), data));
        });
    }

    [Fact]
    public void A_zip_that_is_damaged_is_refused_or_gives_the_right_scores()
    {
        (RecurrentTransformer model, IDataView data) = Train();
        string zip = Path.Combine(_folder, "model.zip");
        _ml.Model.Save(model, data.Schema, zip);
        float[][] expected = Scores(model, data);
        Fuzz(File.ReadAllBytes(zip), mutations: 500, bytes =>
        {
            ITransformer loaded = _ml.Model.Load(new MemoryStream(bytes), out _);
            return () => Assert.Equal(expected, Scores(loaded, data));
        }, isOurs: false);
    }

    [Fact]
    public void A_checkpoint_that_is_damaged_is_refused_or_is_gone_on_from_to_the_right_weights()
    {
        string checkpoint = Path.Combine(_folder, "training.ckpt");
        TrainingJob job = Job(checkpoint);
        float[] expected = [.. TrainedNetwork.Train(job).Network.Parameters.Values.Span];
        Fuzz(File.ReadAllBytes(checkpoint), mutations: 500, bytes =>
        {
            File.WriteAllBytes(checkpoint, bytes);
            Checkpoint.SeedOf(checkpoint);
            Parameters<float> weights = TrainedNetwork.Train(job).Network.Parameters;
            return () => Assert.Equal(expected, weights.Values.Span);
        });
    }

    /// <summary>Sizes that were changed to be as large as can be, in a description whose checksum says that all is well.</summary>
    [Theory]
    [InlineData("\"Size\":8")]
    [InlineData("\"Outputs\":3")]
    [InlineData("\"Features\":3")]
    [InlineData("\"Count\":3")]
    [InlineData("\"Tokens\":0")]
    public void Sizes_that_the_file_cannot_hold_take_no_memory(string size)
    {
        (RecurrentTransformer model, _) = Train();
        using var stream = new MemoryStream();
        ModelFile.Write(new BinaryWriter(stream), model.Model);
        byte[] whole = stream.ToArray();
        int length = BinaryPrimitives.ReadInt32LittleEndian(whole);
        string description = Encoding.UTF8.GetString(whole, sizeof(int), length);
        Assert.Contains(size, description, StringComparison.Ordinal);
        foreach (string number in (string[])["16777215", "2147483647", "1000000", "-1", "99999999999999"])
        {
            string name = size[..(size.IndexOf(':', StringComparison.Ordinal) + 1)];
            byte[] changed = Encoding.UTF8.GetBytes(description.Replace(size, name + number, StringComparison.Ordinal));
            byte[] checksum = BitConverter.GetBytes(Crc32.HashToUInt32(changed));
            byte[] bytes = [.. BitConverter.GetBytes(changed.Length), .. changed, .. checksum, .. whole[(2 * sizeof(int) + length)..]];
            long allocated = Allocated(
                () => Assert.Throws<InvalidDataException>(() => ModelFile.Read(new BinaryReader(new MemoryStream(bytes)))));
            Assert.InRange(allocated, 0, 2 * Allocated(() => ModelFile.Read(new BinaryReader(new MemoryStream(whole)))) + Slack);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <param name="whole">The file.</param>
    /// <param name="mutations">How many damaged ones are tried.</param>
    /// <param name="load">Loads a file and returns what checks the answer.</param>
    /// <param name="isOurs">Whether all of the file is this library's, so that its exceptions are too.</param>
    private static void Fuzz(byte[] whole, int mutations, Func<byte[], Action> load, bool isOurs = true)
    {
        load(whole)();
        long honest = Allocated(() => load(whole));
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < mutations; i++)
        {
            (string what, byte[] bytes) = Mutate(whole, random);
            Action? check = null;
            Exception? exception = null;
            var clock = Stopwatch.StartNew();
            long allocated = Allocated(() => exception = Record.Exception(() => check = load(bytes)));
            Assert.True(
                allocated <= 2 * honest + Slack,
                $"mutation {i}, {what}: {allocated} bytes were allocated, {honest} for the whole file");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"mutation {i}, {what}: it took {clock.Elapsed}");
            bool isCrash = exception is OutOfMemoryException or NullReferenceException
                or IndexOutOfRangeException or AccessViolationException;
            if (exception is null)
                check!();
            else if (isOurs)
                Assert.True(exception is InvalidDataException && exception.Message.Length > 20, $"mutation {i}, {what}: {exception}");
            else
                Assert.False(isCrash, $"mutation {i}, {what}: {exception}");
            refused += exception is null ? 0 : 1;
        }
        Assert.InRange(refused, mutations / 2, mutations);
    }

    private static (string What, byte[] Bytes) Mutate(byte[] whole, Random random)
    {
        byte[] bytes = [.. whole];
        int at = random.Next(bytes.Length), count = Math.Min(random.Next(1, 64), bytes.Length - at);
        switch (random.Next(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return ($"a bit is flipped at {at}", bytes);
            case 1:
                bytes[at % Math.Min(bytes.Length, 600)] ^= (byte)(1 << random.Next(8));
                return ("a bit is flipped near the beginning", bytes);
            case 2:
                return ($"it is cut at {at}", bytes[..at]);
            case 3:
                random.NextBytes(bytes.AsSpan(at, count));
                return ($"{count} bytes at {at} are random", bytes);
            case 4:
                return ($"{count} bytes at {at} are there twice", [.. bytes[..(at + count)], .. bytes[at..]]);
            case 5:
                return ($"{count} bytes at {at} are missing", [.. bytes[..at], .. bytes[(at + count)..]]);
            case 6:
                int place = random.Next(2) == 0 ? 0 : Math.Min(at, bytes.Length - sizeof(int));
                int odd = random.Next(3) switch { 0 => int.MaxValue, 1 => -1, _ => random.Next() };
                BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(place), odd);
                return ($"a length at {place} is another", bytes);
            default:
                bytes.AsSpan(at).Clear();
                return ($"all is zero from {at}", bytes);
        }
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>A training with a validation part, without what ML.NET does around it.</summary>
    private static TrainingJob Job(string checkpoint)
    {
        var data = new SequenceSet(Example.FeaturesOfAStep);
        foreach (Example row in Example.Generate(30))
            data.Add(row.Features, Array.IndexOf(Example.Classes, row.Label));
        var source = new MlNetRecurrent.Engine.Batches.MemorySource(data);
        var definition = new NetworkDefinition
        {
            Features = Example.FeaturesOfAStep,
            Layers = [new LstmDefinition(8)],
            Outputs = Example.Classes.Length,
        };
        return new()
        {
            Definition = definition,
            Data = source,
            Statistics = DataStatistics.Gather(
                source, hasClasses: true, ValidationSplit.AtRandom(0.2, 1, byClass: true)),
            Normalization = FeatureNormalization.None(Example.FeaturesOfAStep),
            Settings = new()
            {
                NumberOfEpochs = 2,
                BatchSize = 8,
                LearningRate = 0.02,
                Seed = 1,
                Checkpoint = new(
                    checkpoint, TimeSpan.Zero, [new("Layers[0]", "Lstm 8"), new("the number of rows to learn from", "24")]),
            },
        };
    }

    /// <param name="labels">Classes, or vectors of values or of yes and no.</param>
    private (RecurrentTransformer Model, IDataView Data) Train(string labels = "classes")
    {
        RecurrentOptions options = Example.QuickOptions();
        options.NumberOfEpochs = 2;
        options.ValidationFraction = 0.2;
        if (labels != "classes")
        {
            options.LabelColumnName = labels == "values" ? "Rates" : "Signs";
            IDataView vectors = VectorRow.View(_ml, VectorRow.Generate(30));
            RecurrentTrainer trainer = labels == "values"
                ? _ml.Regression.Trainers.Recurrent(options)
                : _ml.BinaryClassification.Trainers.Recurrent(options);
            return (trainer.Fit(vectors), vectors);
        }
        IDataView rows = _ml.Data.LoadFromEnumerable(Example.Generate(30));
        IDataView data = _ml.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        return (_ml.MulticlassClassification.Trainers.Recurrent(options).Fit(data), data);
    }

    private static float[][] Scores(ITransformer model, IDataView data) => [.. model.Transform(data).GetColumn<float[]>("Score")];
}
