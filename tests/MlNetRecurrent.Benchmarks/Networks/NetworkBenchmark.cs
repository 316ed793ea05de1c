using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Benchmarks.Networks;

/// <summary>
/// A training step (forward, loss, backward, Adam) and scoring, on random data. Unless there are tags, the loss is the softmax loss of 10
/// classes on the last step, and scoring is the forward pass. With tags, scoring includes their probabilities.
/// </summary>
/// <param name="shape">The network and the batch.</param>
/// <param name="threads">The most threads.</param>
/// <param name="shortest">Lengths are even random numbers from here to the shape's steps; 0 if all have the shape's steps.</param>
internal sealed class NetworkBenchmark(Shape shape, int threads, int shortest = 0) : IWidthDependent<Measurement>
{
    private const int Classes = 10;

    /// <summary>The number of tags where each step has one; 0 where the sequence has a class.</summary>
    public int TagsOfSteps { get; init; }

    public HeadDefinition Head { get; init; } = HeadDefinition.Categorical;

    private int Outputs => TagsOfSteps > 0 ? TagsOfSteps : Classes;

    private static LayerDefinition LayerOf(Shape shape) => shape.Cell switch
    {
        "rnn" => new ElmanDefinition(shape.Hidden),
        "stack" => new StackLayerDefinition(shape.Hidden) { Stacks = Stacks(all: false) },
        "stackall" => new StackLayerDefinition(shape.Hidden) { Stacks = Stacks(all: true) },
        "lstm" => new LstmDefinition(shape.Hidden),
        "bilstm" => new LstmDefinition(shape.Hidden) { Bidirectional = true },
        "gru" => new GruDefinition(shape.Hidden),
        _ => throw new ArgumentException($"There is no cell '{shape.Cell}'.", nameof(shape)),
    };

    /// <summary>The stacks of the paper's network, or with all that can be had beside.</summary>
    private static StackShape Stacks(bool all) => new()
    {
        NumberOfStacks = 10,
        StackSize = 64,
        Depth = 2,
        HasNoOp = all,
        HasRecurrentWeights = all,
        HasBias = all,
    };

    public Measurement Run<L>()
        where L : unmanaged, IFloatLanes<L>
    {
        var definition = new NetworkDefinition
        {
            Features = shape.Inputs,
            Layers = [.. Enumerable.Repeat(LayerOf(shape), shape.Layers)],
            Outputs = Outputs,
            EveryStep = TagsOfSteps > 0,
            Head = Head,
        };
        var network = new Network<L, float>(definition);
        network.Bind(network.Initialize(seed: 1), training: true);
        var data = new SequenceSet(shape.Inputs);
        var random = new Random(1);
        for (int i = 0; i < shape.Batch; i++)
        {
            int steps = Length(random);
            float[] labels = TagsOfSteps > 0 ? [.. Enumerable.Range(0, steps).Select(_ => (float)random.Next(TagsOfSteps))] : [i % Classes];
            data.Add([.. Enumerable.Range(0, steps * shape.Inputs).Select(_ => (float)(2 * random.NextDouble() - 1))], labels);
        }
        int[] all = [.. Enumerable.Range(0, shape.Batch)];
        using var team = new WorkerTeam(WorkerTeam.CountFor(shape.Batch * shape.Steps * network.MultiplicationsOfAStep, threads));
        var normalization = FeatureNormalization.None(shape.Inputs);
        var settings = new TrainingSettings { NumberOfEpochs = 1, BatchSize = shape.Batch, LearningRate = 1e-3, Seed = 1 };
        var step = new TrainingStep<L>(network, normalization, TargetTransform.None, team, settings);
        double train = Measurement.Median(() => step.Load(data, all), () => step.Run(1.0 / shape.Batch, 1e-3));
        var batch = new ShardedBatch<L>(network, normalization, TargetTransform.None, team);
        Action<WorkSlice> score = slice => batch.ForEachPart(slice, Score);
        double infer = Measurement.Median(() => batch.Load(data, all, training: false), () => team.Run(score));
        return new("ours", shape, threads, train, infer);

        void Score(ShardedBatch<L>.Shard shard, int first, int last)
        {
            shard.Network.Forward(first, last);
            Span<float> predictions = TagsOfSteps > 0 ? new float[shape.Steps * definition.PredictionSize] : [];
            for (int sequence = first; sequence < last && TagsOfSteps > 0; sequence++)
                shard.Network.Predict(sequence, predictions);
        }
    }

    private int Length(Random random) => shortest > 0 ? random.Next(shortest, shape.Steps + 1) : shape.Steps;
}
