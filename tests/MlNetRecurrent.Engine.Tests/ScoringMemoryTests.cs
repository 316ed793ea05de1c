using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>How many sequences are scored together is a question of memory, not of scores.</summary>
public sealed class ScoringMemoryTests
{
    private static readonly NetworkDefinition _plain = new() { Features = 3, Layers = [new LstmDefinition(20)], Outputs = 3 };

    private static readonly Dictionary<string, NetworkDefinition> _networks = new()
    {
        ["lstm"] = _plain,
        ["gru"] = _plain with { Layers = [new GruDefinition(33)] },
        ["gru, reset before"] = _plain with { Layers = [new GruResetBeforeDefinition(17)] },
        ["elman"] = _plain with { Layers = [new ElmanDefinition(5)] },
        ["rectifier"] = _plain with { Layers = [new ElmanRectifierDefinition(16)] },
        ["stack"] = _plain with
        {
            Layers = [new StackLayerDefinition(9) { Stacks = new() { NumberOfStacks = 3, StackSize = 4, Depth = 2 } }],
        },
        ["both directions"] = _plain with { Layers = [new LstmDefinition(11) { Bidirectional = true }, new GruDefinition(40)] },
        ["pyramid"] = _plain with
        {
            Layers = [new LstmDefinition(12) { Bidirectional = true }, new LstmDefinition(12) { Bidirectional = true, TimeReduction = 2 }],
        },
        ["mean"] = _plain with { Pooling = Pooling.Mean },
        ["max"] = _plain with { Pooling = Pooling.Max },
        ["last, mean and max"] = _plain with { Pooling = Pooling.LastMeanMax, Layers = [new GruDefinition(21) { Bidirectional = true }] },
        ["tokens"] = _plain with { Tokens = 12, Features = 6 },
        ["tagger"] = _plain with { EveryStep = true, Outputs = 70, Layers = [new GruDefinition(20) { Bidirectional = true }] },
        ["value"] = _plain with { Outputs = 1, Head = HeadDefinition.Value },
        ["wide"] = _plain with { Layers = [new LstmDefinition(200)] },
    };

    public static TheoryData<string> Networks => [.. _networks.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Scores_are_the_same_bit_for_bit_whatever_is_scored_together(string name)
    {
        TrainedNetwork network = Network(_networks[name]);
        SequenceSet data = Data(network.Definition, count: 70);
        SequenceScorer scorer = SequenceScorer.For(network, network.Definition.Inspections.First());
        scorer.Run(data);
        float[][] together = [.. Enumerable.Range(0, data.Count).Select(i => OutputsAndEncoding(scorer, i))];
        foreach (int count in (int[])[1, 2, 3, 7, 16, 35])
        {
            SequenceScorer ofParts = SequenceScorer.For(network, network.Definition.Inspections.First());
            for (int first = 0; first < data.Count; first += count)
            {
                int last = Math.Min(first + count, data.Count);
                ofParts.Run(data, first, last - first);
                for (int i = first; i < last; i++)
                    Assert.Equal(together[i], OutputsAndEncoding(ofParts, i));
            }
        }
    }

    [Fact]
    public void What_many_outputs_need_is_scored_alone_and_what_little_needs_together()
    {
        var sequences = new SequenceSet(0);
        for (int i = 0; i < 64; i++)
            sequences.Add(new int[512]);
        int[] indices = [.. Enumerable.Range(0, 64)];
        int Together(NetworkDefinition definition) => new ScoringMemory(definition).CountTogether(sequences, indices, ScoringMemory.Usual);
        NetworkDefinition tagger = _plain with { Features = 8, Tokens = 100, EveryStep = true };
        Assert.Equal(64, Together(tagger with { Outputs = 10 }));
        Assert.Equal(1, Together(tagger with { Outputs = 10_000 }));
        Assert.Equal(1, Together(tagger with { Outputs = 120_000 }));
        Assert.InRange(Together(tagger with { Outputs = 1_000 }), 10, 20);
        Assert.Equal(64, Together(tagger with { Outputs = 10_000, EveryStep = false }));
        Assert.InRange(Together(tagger with { Layers = [new LstmDefinition(1000) { Bidirectional = true }] }), 2, 10);
        var stacks = new StackShape { NumberOfStacks = 1000, StackSize = 1000, Depth = 2 };
        NetworkDefinition classifier = tagger with { EveryStep = false, Layers = [new StackLayerDefinition(8) { Stacks = stacks }] };
        Assert.InRange(Together(classifier), 1, 16);
        indices = [5];
        Assert.Equal(1, Together(tagger with { Outputs = 10_000_000 }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_validation_finds_the_same_whatever_is_looked_at_together(bool everyStep)
    {
        NetworkDefinition definition = _plain with { EveryStep = everyStep, Outputs = 5 };
        (double expected, float[][] expectedOutputs) = Validate(definition, usualNumbers: long.MaxValue);
        (double found, float[][] foundOutputs) = Validate(definition, usualNumbers: 0);
        Assert.Equal(expected, found, 1e-12);
        Assert.Equal(expectedOutputs, foundOutputs);
        Assert.Equal(99, foundOutputs.Length);
    }

    [Fact]
    public void A_validation_takes_about_as_much_memory_as_the_training()
    {
        const int classes = 3000, sequences = 64, steps = 100;
        NetworkDefinition definition = _plain with { EveryStep = true, Outputs = classes };
        var data = new SequenceSet(3);
        for (int i = 0; i < sequences; i++)
            data.Add(new float[3 * steps], new float[steps]);
        var settings = new TrainingSettings { NumberOfEpochs = 1, BatchSize = 1, LearningRate = 1, Seed = 1 };
        TrainingJob job = Jobs.Of(definition, data, settings, split: ValidationSplit.OfTheLast(0.99, sequences));
        using var team = new WorkerTeam(1);
        var validator = new Validator<Lanes256>(job, Network(definition).Parameters, team);
        long before = GC.GetAllocatedBytesForCurrentThread();
        validator.Run();
        long numbersOfAll = (long)sequences * steps * classes;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * ScoringMemory.Usual * sizeof(float));
        Assert.True(numbersOfAll > ScoringMemory.Usual);
    }

    /// <summary>The outputs of the sequences, in an order that does not depend on how they were scored, and the loss.</summary>
    private static (double Loss, float[][] Outputs) Validate(NetworkDefinition definition, long usualNumbers)
    {
        SequenceSet data = Data(definition, count: 101);
        var settings = new TrainingSettings { NumberOfEpochs = 1, BatchSize = 1, LearningRate = 1, Seed = 1 };
        TrainingJob job = Jobs.Of(definition, data, settings, split: ValidationSplit.OfTheLast(0.985, data.Count));
        var metrics = new Recorder();
        using var team = new WorkerTeam(2);
        double loss = new Validator<Lanes256>(job with { Metrics = metrics }, Network(definition).Parameters, team, usualNumbers).Run();
        return (loss, [.. metrics.Outputs.OrderBy(outputs => outputs[0]).ThenBy(outputs => outputs.Length)]);
    }

    private static float[] OutputsAndEncoding(SequenceScorer scorer, int sequence) =>
        [.. scorer.Outputs(sequence).Span, .. scorer.Inspect(sequence, Inspection.Encoding).Span];

    private static TrainedNetwork Network(NetworkDefinition definition)
    {
        Parameters<float> parameters = new Network<Lanes256, float>(definition).Initialize(seed: 3);
        int features = definition.Tokens > 0 ? 0 : definition.Features;
        return new(definition, FeatureNormalization.None(features), parameters);
    }

    private static SequenceSet Data(NetworkDefinition definition, int count)
    {
        var random = new Random(1);
        var data = new SequenceSet(definition.Tokens > 0 ? 0 : definition.Features);
        for (int i = 0; i < count; i++)
        {
            int steps = random.Next(1, 30);
            float[] labels = [.. Enumerable.Range(0, definition.EveryStep ? steps : 1).Select(_ => (float)random.Next(definition.Outputs))];
            if (definition.Tokens > 0)
                data.Add([.. Enumerable.Range(0, steps).Select(_ => random.Next(definition.Tokens))], labels);
            else
                data.Add(
                    [.. Enumerable.Range(0, steps * definition.Features).Select(_ => 4 * random.NextSingle() - 2)],
                    labels, weight: 0.5f + random.NextSingle());
        }
        return data;
    }

    private sealed class Recorder : ValidationMetrics
    {
        public List<float[]> Outputs { get; } = [];

        public override void Clear() => Outputs.Clear();

        public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs) => Outputs.Add([.. outputs]);
    }
}
