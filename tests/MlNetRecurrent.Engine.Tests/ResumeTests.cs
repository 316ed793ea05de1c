using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Optimizers;
using MlNetRecurrent.Engine.Serialization;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Engine.Tests;

public sealed class ResumeTests : IDisposable
{
    /// <summary>Epochs of 7 batches, or 6 where a part is set aside.</summary>
    private const int Epochs = 4, Sequences = 50, BatchSize = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("MlNetRecurrent").FullName;

    private string CheckpointPath => Path.Combine(_folder, "training.ckpt");

    public static TheoryData<string> Kinds =>
    [
        "Adam", "AdamW", "RmsProp", "Sgd", "OneCycle", "HalveOnPlateau",
        "validation", "early stop", "dropout", "noise", "falling noise",
        "pools", "smoothing", "windows", "tokens",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_training_that_is_cancelled_after_any_batch_goes_on_to_the_same_weights_bit_for_bit(string kind)
    {
        TrainingOutcome expected = Train(kind);
        for (int batches = 1; batches <= 24; batches++)
        {
            File.Delete(CheckpointPath);
            if (!TryInterrupt(kind, batches))
                break;
            TrainingOutcome resumed = Train(kind, checkpoint: TimeSpan.Zero);
            Assert.Equal(expected.Network.Parameters.Values.Span, resumed.Network.Parameters.Values.Span);
            Assert.Equal(
                (expected.Last.Epoch, expected.Last.Loss, expected.Last.BestEpoch, expected.Last.BestLoss),
                (resumed.Last.Epoch, resumed.Last.Loss, resumed.Last.BestEpoch, resumed.Last.BestLoss));
        }
    }

    [Fact]
    public void A_checkpoint_that_does_not_know_an_option_goes_with_the_default_of_it_only()
    {
        Train("plain", checkpoint: TimeSpan.Zero, epochs: 2);
        TrainingJob job = Job("plain", TimeSpan.Zero, observer: null);
        CheckpointSettings checkpoint = job.Settings.Checkpoint!;
        TrainingOutcome With(FingerprintEntry option) => TrainedNetwork.Train(job with
        {
            Settings = job.Settings with { Checkpoint = checkpoint with { Fingerprint = [.. checkpoint.Fingerprint, option] } },
        });
        var changed = Assert.Throws<InvalidOperationException>(() => With(new("an option", "2")));
        Assert.Contains("an option was not set and is 2", changed.Message, StringComparison.Ordinal);
        TrainedNetwork continued = With(new("an option", "1") { IsDefault = true }).Network;
        Assert.Equal(Train("plain").Network.Parameters.Values.Span, continued.Parameters.Values.Span);
    }

    [Fact]
    public void A_training_that_was_killed_goes_on_from_the_last_checkpoint_wherever_in_an_epoch_that_is()
    {
        TrainingOutcome expected = Train("validation");
        var copies = new List<byte[]>();
        Train("validation", checkpoint: TimeSpan.FromTicks(1), new Observer(_ =>
        {
            if (File.Exists(CheckpointPath))
                copies.Add(File.ReadAllBytes(CheckpointPath));
        }));
        Assert.InRange(copies.Count, 20, 30);
        foreach (byte[] copy in copies)
        {
            File.WriteAllBytes(CheckpointPath, copy);
            TrainedNetwork continued = Train("validation", checkpoint: TimeSpan.Zero).Network;
            Assert.Equal(expected.Network.Parameters.Values.Span, continued.Parameters.Values.Span);
        }
    }

    [Fact]
    public void A_training_that_is_cancelled_may_end_with_the_best_weights_so_far()
    {
        var losses = new List<double>();
        bool isCancelled = false;
        TrainingOutcome outcome = TrainedNetwork.Train(Job("validation", checkpoint: null, new Observer(
            state => isCancelled = state.Epoch == Epochs && state.Batch == 2 ? throw new OperationCanceledException() : false,
            state => losses.Add(state.ValidationLoss!.Value)), keepsModel: true));
        Assert.False(isCancelled);
        Assert.True(outcome.IsCancelled);
        Assert.Equal(Epochs - 1, losses.Count);
        Assert.Equal(losses.IndexOf(losses.Min()) + 1, outcome.Last.BestEpoch);
        TrainedNetwork best = Train("validation", epochs: outcome.Last.BestEpoch).Network;
        Assert.Equal(best.Parameters.Values.Span, outcome.Network.Parameters.Values.Span);
    }

    [Fact]
    public void Before_the_first_batch_there_is_nothing_to_end_with()
    {
        var canceling = new Observer(working: () => throw new OperationCanceledException());
        TrainingJob job = Job("validation", checkpoint: null, canceling, keepsModel: true);
        Assert.Throws<OperationCanceledException>(() => TrainedNetwork.Train(job));
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_leaves_the_old_one_as_it_was_and_the_training_goes_on()
    {
        Assert.True(TryInterrupt("Adam", batches: 3));
        byte[] before = File.ReadAllBytes(CheckpointPath);
        var failures = new List<Exception>();
        bool isTaken = false;
        TrainingOutcome outcome = Train("Adam", checkpoint: TimeSpan.Zero, new Observer(checkpointFailed: failures.Add, batchDone: _ =>
        {
            if (!isTaken)
                Directory.CreateDirectory(new CheckpointNames(CheckpointPath).Temporary);
            isTaken = true;
        }));
        Assert.Equal(Epochs, failures.Count);
        Assert.Equal(Train("Adam").Network.Parameters.Values.Span, outcome.Network.Parameters.Values.Span);
        Assert.Equal(before, File.ReadAllBytes(CheckpointPath));
    }

    public static TheoryData<string, string, string> Contradictions => new()
    {
        { "\"Epochs\":2", "\"Epochs\":-3", "-3 epochs" },
        { "\"Epochs\":2", "\"Epochs\":-2147483648", "-2147483648 epochs" },
        { "\"Epochs\":2", "\"Epochs\":1", "steps in" },
        { "\"Batch\":3", "\"Batch\":-1", "-1 batches" },
        { "\"Batch\":3", "\"Batch\":2147483647", "2147483647 batches" },
        { "\"Batch\":3", "\"Batch\":2", "steps in" },
        { "\"Steps\":13", "\"Steps\":-1", "-1 steps" },
        { "\"Steps\":13", "\"Steps\":2147483647", "2147483647 steps" },
        { "\"Targets\":24", "\"Targets\":-1", "-1 labels" },
        { "\"Targets\":24", "\"Targets\":9000000000000000000", "9000000000000000000 labels" },
        { "\"RateFactor\":1", "\"RateFactor\":1e30", "multiplied by 1E+30" },
        { "\"RateFactor\":1", "\"RateFactor\":\"NaN\"", "multiplied by NaN" },
        { "\"BestEpoch\":1", "\"BestEpoch\":-1", "best epoch is -1" },
        { "\"BestEpoch\":1", "\"BestEpoch\":3", "best epoch is 3 of 2" },
        { "\"BestEpoch\":1", "\"BestEpoch\":0", "best epoch is 0 of 2" },
        { "\"LastLoss\":", "\"LastLoss\":-1,\"Unused\":", "losses" },
        { "\"Loss\":", "\"Loss\":\"Infinity\",\"Unused\":", "losses" },
        { "\"BestLoss\":", "\"BestLoss\":\"NaN\",\"Unused\":", "loss of its best epoch" },
        { "\"LastValidationLoss\":", "\"LastValidationLoss\":\"NaN\",\"Unused\":", "validation loss" },
        { "\"Seed\":1", "\"Seed\":2", "its seed is 2" },
        { "\"Numbers\":", "\"Numbers\":-1,\"Unused\":", "its description says" },
        { "\"Numbers\":", "\"Numbers\":2147483647,\"Unused\":", "its description says" },
        { "\"Buffers\":4", "\"Buffers\":2147483647", "its description says" },
        { "\"Fingerprint\":[", "\"Fingerprint\":[{\"Name\":\"kind\",\"Value\":\"validation\"},", "two times what 'kind' is" },
        { "\"Fingerprint\":[", "\"Fingerprint\":[null,", "no name" },
        { "\"Position\":{", "\"Position\":null,\"Unused\":{", "cannot be read" },
    };

    /// <summary>The checksums of what was changed say that all is well.</summary>
    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_description_that_contradicts_itself_or_the_training_is_refused(string before, string after, string message)
    {
        Assert.True(TryInterrupt("validation", batches: 13));
        byte[] whole = File.ReadAllBytes(CheckpointPath);
        const int head = 8 + sizeof(int);
        int length = BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(8));
        string description = Encoding.UTF8.GetString(whole, head, length);
        Assert.True(description.Contains(before, StringComparison.Ordinal), description);
        byte[] changed = Encoding.UTF8.GetBytes(description.Replace(before, after, StringComparison.Ordinal));
        byte[] numbers = whole[(head + length + sizeof(uint))..^sizeof(uint)];
        File.WriteAllBytes(CheckpointPath,
        [
            .. whole[..8], .. BitConverter.GetBytes(changed.Length), .. changed, .. BitConverter.GetBytes(Crc32.HashToUInt32(changed)),
            .. numbers, .. BitConverter.GetBytes(Crc32.HashToUInt32([.. changed, .. numbers])),
        ]);
        string found = Assert.Throws<InvalidDataException>(() => Train("validation", checkpoint: TimeSpan.Zero)).Message;
        Assert.Contains(message, found, StringComparison.Ordinal);
        Assert.Contains(CheckpointPath, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_no_finite_numbers_are_refused(float weight)
    {
        Assert.True(TryInterrupt("Adam", batches: 3));
        byte[] whole = File.ReadAllBytes(CheckpointPath);
        int start = 8 + sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(whole.AsSpan(8)) + sizeof(uint);
        BinaryPrimitives.WriteSingleLittleEndian(whole.AsSpan(start + 40 * sizeof(float)), weight);
        byte[] summed = [.. whole[12..(start - sizeof(uint))], .. whole[start..^sizeof(uint)]];
        BinaryPrimitives.WriteUInt32LittleEndian(whole.AsSpan(whole.Length - sizeof(uint)), Crc32.HashToUInt32(summed));
        File.WriteAllBytes(CheckpointPath, whole);
        var exception = Assert.Throws<InvalidDataException>(() => Train("Adam", checkpoint: TimeSpan.Zero));
        Assert.Contains("no finite numbers", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Whether the training was not over before.</summary>
    private bool TryInterrupt(string kind, int batches)
    {
        int done = 0;
        var observer = new Observer(_ =>
        {
            if (++done == batches)
                throw new OperationCanceledException();
        });
        try
        {
            Train(kind, checkpoint: TimeSpan.FromDays(1), observer);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private TrainingOutcome Train(
        string kind, TimeSpan? checkpoint = null, TrainingObserver? observer = null, int epochs = Epochs) =>
        TrainedNetwork.Train(Job(kind, checkpoint, observer, epochs: epochs));

    private TrainingJob Job(string kind, TimeSpan? checkpoint, TrainingObserver? observer, bool keepsModel = false, int epochs = Epochs)
    {
        var random = new Random(1);
        var data = new SequenceSet(kind == "tokens" ? 0 : 2);
        for (int i = 0; i < Sequences && kind == "tokens"; i++)
        {
            int[] tokens = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(1, 9))];
            data.Add(tokens, label: tokens[0] % 2);
        }
        for (int i = 0; i < Sequences && kind != "tokens"; i++)
        {
            float[] steps = [.. Enumerable.Range(0, 2 * random.Next(1, 6)).Select(_ => (float)random.NextDouble())];
            data.Add(steps, label: random.Next(5) == 0 ? random.Next(2) : steps[0] > 0.5f ? 1 : 0);
        }
        bool validates = kind is "validation" or "early stop" or "falling noise";
        var settings = new TrainingSettings
        {
            NumberOfEpochs = epochs,
            BatchSize = BatchSize,
            LearningRate = kind is "early stop" or "HalveOnPlateau" ? 0.3 : 0.02,
            GradientClipNorm = 1,
            Optimizer = new()
            {
                Kind = Enum.TryParse(kind, out OptimizerKind optimizer) ? optimizer : OptimizerKind.Adam,
                WeightDecay = 0.01,
                Momentum = 0.9,
            },
            Schedule = Enum.TryParse(kind, out RateSchedule course) ? course : RateSchedule.Constant,
            WeightNoise = kind is "noise" or "falling noise" ? 0.1 : 0,
            NoiseFalls = kind == "falling noise",
            LabelSmoothing = kind == "smoothing" ? 0.1 : 0,
            TokenDropout = kind == "tokens" ? 0.2 : 0,
            TruncatedSteps = kind == "windows" ? 2 : 0,
            ShufflePoolSize = kind == "pools" ? 20 : 0,
            EarlyStoppingPatience = kind == "early stop" ? 1 : 0,
            KeepsModelWhenCancelled = keepsModel,
            Checkpoint = checkpoint is { } interval ? new(CheckpointPath, interval, [new("kind", kind)]) : null,
            Seed = 1,
        };
        var definition = new NetworkDefinition
        {
            Features = 2,
            Tokens = kind == "tokens" ? 9 : 0,
            Layers = [new GruDefinition(6) { Dropout = kind == "dropout" ? 0.3f : 0 }],
            Outputs = 2,
        };
        ValidationSplit? split = validates ? ValidationSplit.AtRandom(0.2, 1, byClass: true) : null;
        return Jobs.Of(definition, data, settings, observer: observer, split: split);
    }
}
