using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

public sealed class WorkerTeamTests
{
    private const int Sequences = 240;

    private static readonly StackShape _stacks = new()
    {
        NumberOfStacks = 18,
        StackSize = 5,
        Depth = 2,
        HasNoOp = true,
        HasRecurrentWeights = true,
        HasBias = true,
    };

    private static readonly NetworkDefinition _lstm = new()
    {
        Features = 7,
        Tokens = 9,
        Layers = [new LstmDefinition(19), new LstmDefinition(33)],
        Pooling = Pooling.Max,
        Outputs = 3,
    };

    private static readonly Dictionary<string, NetworkDefinition> _networks = new()
    {
        ["lstm"] = _lstm,
        ["gru"] = _lstm with { Layers = [new GruDefinition(19), new GruDefinition(33)] },
        ["gru, reset before"] = _lstm with { Layers = [new GruResetBeforeDefinition(19), new GruResetBeforeDefinition(33)] },
        ["elman"] = _lstm with { Layers = [new ElmanDefinition(19), new ElmanDefinition(33)] },
        ["stacks"] = _lstm with
        {
            Layers =
            [
                new StackLayerDefinition(19) { Stacks = _stacks, Bidirectional = true },
                new StackLayerDefinition(33) { Stacks = _stacks },
            ],
        },
        ["pyramid with dropout"] = _lstm with
        {
            Layers =
            [
                new GruDefinition(19) { Bidirectional = true, Dropout = 0.3f },
                new LstmDefinition(33) { TimeReduction = 2, Dropout = 0.3f },
            ],
        },
        ["last, mean and max with dropout"] = _lstm with
        {
            Layers = [new GruDefinition(19) { Bidirectional = true, Dropout = 0.3f }],
            Pooling = Pooling.LastMeanMax,
        },
        ["tagger with dropout"] = _lstm with
        {
            Layers = [new GruDefinition(19) { Bidirectional = true, Dropout = 0.3f }, new LstmDefinition(33) { Dropout = 0.3f }],
            EveryStep = true,
        },
    };

    [Fact]
    public void Every_worker_does_its_share_each_time()
    {
        using var team = new WorkerTeam(3);
        var done = new int[3];
        for (int round = 0; round < 200; round++)
            team.Run(share => done[share.Index]++);
        Assert.Equal([200, 200, 200], done);
    }

    [Fact]
    public void A_team_that_has_slept_goes_on()
    {
        using var team = new WorkerTeam(2);
        int done = 0;
        team.Run(_ => Interlocked.Increment(ref done));
        Thread.Sleep(50);
        team.Run(_ => Interlocked.Increment(ref done));
        Assert.Equal(4, done);
    }

    [Fact]
    public void What_a_worker_throws_is_thrown_to_the_caller_and_the_team_lives_on()
    {
        using var team = new WorkerTeam(2);
        Assert.Throws<InvalidDataException>(() => team.Run(share =>
        {
            if (share.Index == 1)
                throw new InvalidDataException();
        }));
        int done = 0;
        team.Run(_ => Interlocked.Increment(ref done));
        Assert.Equal(2, done);
    }

    [Fact]
    public void A_failure_of_one_call_is_not_thrown_by_the_next()
    {
        using var team = new WorkerTeam(2);
        Assert.Throws<InvalidDataException>(() => team.Run(_ => throw new InvalidDataException()));
        int done = 0;
        team.Run(_ => Interlocked.Increment(ref done));
        Assert.Equal(2, done);
    }

    public static TheoryData<string> Networks => [.. _networks.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Weights_after_training_do_not_depend_on_the_number_of_workers(string network)
    {
        // One shard a batch, whose sequences three workers share; and five shards, which five workers have one each and two share.
        foreach ((int batchSize, int sequences, int[] teams) in ((int, int, int[])[])[(8, 24, [3]), (80, 160, [2, 5])])
        {
            float[] one = Train(network, workers: 1, batchSize, sequences: sequences);
            foreach (int workers in teams)
                Assert.Equal(one, Train(network, workers, batchSize, sequences: sequences));
        }
    }

    [Fact]
    public async Task Two_trainings_at_the_same_time_give_what_each_gives_alone()
    {
        float[] lstm = Train("lstm", workers: 2), gru = Train("gru", workers: 2);
        float[][] together = await Task.WhenAll(Task.Run(() => Train("lstm", workers: 2)), Task.Run(() => Train("gru", workers: 2)));
        Assert.Equal(lstm, together[0]);
        Assert.Equal(gru, together[1]);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_step_allocates_nothing_on_the_training_thread(string network)
    {
        foreach (int batchSize in (int[])[8, 48])
        {
            // Other tests can bring about a garbage collection, which counts the rest of this thread's buffer as allocated. What a step
            // allocates is there each time.
            Assert.Contains(Enumerable.Range(0, 3), _ => AllocatesNothing(network, batchSize));
        }
    }

    /// <summary>Looks at the last epoch of a training, of which only the beginning, the shuffling, allocates.</summary>
    private static bool AllocatesNothing(string network, int batchSize)
    {
        var allocated = new List<long>(capacity: 1000);
        Train(network, workers: 1, batchSize, length: 9, () => allocated.Add(GC.GetAllocatedBytesForCurrentThread()));
        long[] last = [.. allocated.TakeLast(Sequences / batchSize)];
        return last.All(bytes => bytes == last[0]);
    }

    [Fact]
    public void The_gradient_of_a_batch_in_shards_is_that_of_the_whole_batch()
    {
        SequenceSet data = Data(length: null);
        Network<Lanes256, float> whole = NewNetwork("lstm"), sharded = NewNetwork("lstm");
        int[] all = [.. Enumerable.Range(0, data.Count)];
        var loader = new BatchLoader<Lanes256>(whole, FeatureNormalization.None(0), TargetTransform.None);
        loader.Load(data, all, training: true);
        double loss = Passes.Run(whole, loader.Labels, loader.Weights);
        using var team = new WorkerTeam(3);
        TrainingSettings settings = new() { NumberOfEpochs = 1, BatchSize = 1, LearningRate = 0, Seed = 1 };
        var step = new TrainingStep<Lanes256>(sharded, FeatureNormalization.None(0), TargetTransform.None, team, settings);
        step.Load(data, all);
        Assert.Equal(loss, step.Run(1.0 / data.Count, learningRate: 0).Loss, 1e-4);
        Assert.All(
            whole.Gradients.Span.ToArray().Zip(sharded.Gradients.Span.ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    private static float[] Train(
        string name, int workers, int batchSize = 80, int? length = null, Action? afterBatch = null, int sequences = Sequences)
    {
        Network<Lanes256, float> network = NewNetwork(name);
        var settings = new TrainingSettings
        {
            NumberOfEpochs = 2,
            BatchSize = batchSize,
            LearningRate = 0.01,
            GradientClipNorm = 1,
            Seed = 1,
        };
        using var team = new WorkerTeam(workers);
        SequenceSet data = Data(length, network.Definition.EveryStep, sequences);
        TrainingJob job = Jobs.Of(network.Definition, data, settings, observer: new Observer(_ => afterBatch?.Invoke()));
        new TrainingLoop<Lanes256>(network, job, team).Run();
        return network.Parameters.Values.Span.ToArray();
    }

    private static Network<Lanes256, float> NewNetwork(string name)
    {
        var network = new Network<Lanes256, float>(_networks[name]);
        network.Bind(network.Initialize(seed: 1), training: true);
        return network;
    }

    private static SequenceSet Data(int? length, bool everyStep = false, int sequences = Sequences)
    {
        var random = new Random(1);
        var data = new SequenceSet(0);
        for (int i = 0; i < sequences; i++)
        {
            int[] tokens = [.. Enumerable.Range(0, length ?? random.Next(0, 12)).Select(_ => random.Next(9))];
            data.Add(tokens, everyStep ? [.. tokens.Select(token => token == 0 ? float.NaN : token % 3)] : [i % 3]);
        }
        return data;
    }
}
