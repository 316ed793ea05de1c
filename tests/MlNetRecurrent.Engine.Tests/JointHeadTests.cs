using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Modules;
using MlNetRecurrent.Engine.Networks;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>Several heads on one network: tags by a CRF, values of steps, and an answer and a class of the sequence.</summary>
public sealed unsafe class JointHeadTests
{
    private static readonly int[] _lengths = [9, 7, 7, 3, 1];

    private static readonly JointPart
        _tags = new() { Head = new CrfDefinition(), Outputs = 3 },
        _values = new() { Head = HeadDefinition.Value, Outputs = 1 },
        _answer = new() { Head = HeadDefinition.Bernoulli, Outputs = 1, IsOfSequence = true },
        _class = new() { Head = HeadDefinition.Categorical, Outputs = 35, IsOfSequence = true };

    [Fact]
    public void Gradients_are_those_of_the_sum_of_all_losses()
    {
        Network<DoubleLane, double> network = Create<DoubleLane, double>([_tags, _values, _answer, _class], everyStep: true);
        Batch batch = new(network.Definition, seed: 1, missing: 0.2);
        Loss(only: false);
        double[] gradients = network.Gradients.Span.ToArray();
        Assert.Contains(network.Tensors, tensor => tensor.Name == "head.parts.0.transitions");
        foreach (ParameterTensor tensor in network.Tensors)
        {
            nint Place(int i) => tensor.Position(i / tensor.Columns, i % tensor.Columns);
            CentralDifference.AssertEqual(
                tensor.Name, [.. Enumerable.Range(0, (int)tensor.Count).Select(i => gradients[Place(i)])],
                i => network.Parameters.Values.Pointer[Place(i)],
                (i, value) => network.Parameters.Values.Pointer[Place(i)] = value,
                () => Loss(only: true));
        }

        double Loss(bool only)
        {
            network.Prepare(_lengths, training: true);
            batch.Features.CopyTo(new Span<double>(network.Features, batch.Features.Length));
            return Passes.Run(network, batch.Labels, batch.Weights, only) / network.OutputShape.Rows;
        }
    }

    [Fact]
    public void The_loss_is_the_sum_of_the_losses_of_networks_with_one_head_each()
    {
        JointPart[] parts = [_tags, _values];
        Network<DoubleLane, double> joint = Create<DoubleLane, double>(parts, everyStep: true);
        Batch batch = new(joint.Definition, seed: 2, missing: 0);
        double sum = 0;
        for (int part = 0; part < 2; part++)
        {
            var alone = new Network<DoubleLane, double>(joint.Definition with { Head = parts[part].Head, Outputs = parts[part].Outputs });
            alone.Bind(alone.Initialize(1), training: true);
            CopyParameters(joint, alone, firstOutput: part == 0 ? 0 : 3);
            sum += Loss(alone, batch, part);
        }
        Assert.Equal(sum, Loss(joint, batch, part: null), 1e-10);

        static double Loss(Network<DoubleLane, double> network, Batch batch, int? part)
        {
            network.Prepare(_lengths, training: true);
            batch.Features.CopyTo(new Span<double>(network.Features, batch.Features.Length));
            float[] labels = part is { } own ? [.. batch.Labels.Where((_, i) => i % 2 == own)] : batch.Labels;
            float[] weights = part is { } same ? [.. batch.Weights.Where((_, i) => i % 2 == same)] : batch.Weights;
            return Passes.Run(network, labels, weights, lossOnly: true);
        }
    }

    [Fact]
    public void A_label_of_the_sequence_learns_from_the_mean_over_the_steps()
    {
        Network<DoubleLane, double> steps = Create<DoubleLane, double>([_values, _answer], everyStep: true);
        var pooled = new Network<DoubleLane, double>(steps.Definition with
        {
            EveryStep = false,
            Pooling = Pooling.Mean,
            Head = HeadDefinition.Bernoulli,
            Outputs = 1,
        });
        pooled.Bind(pooled.Initialize(1), training: true);
        CopyParameters(steps, pooled, firstOutput: 1);
        Batch batch = new(steps.Definition, seed: 3, missing: 0);
        float[] first = new float[1];
        foreach (Network<DoubleLane, double> network in (Network<DoubleLane, double>[])[steps, pooled])
        {
            network.Prepare(_lengths, training: false);
            batch.Features.CopyTo(new Span<double>(network.Features, batch.Features.Length));
            network.Forward(0, _lengths.Length);
        }
        for (int sequence = 0; sequence < _lengths.Length; sequence++)
        {
            float[] whole = new float[2 * _lengths[sequence]];
            steps.Predict(sequence, whole);
            pooled.Predict(sequence, first);
            for (int t = 0; t < _lengths[sequence]; t++)
                Assert.Equal(first[0], whole[2 * t + 1], 1e-6f);
        }
    }

    [Fact]
    public void Losses_and_gradients_do_not_depend_on_the_ranges_of_sequences()
    {
        Network<ScalarLane, float> whole = Create<ScalarLane, float>([_tags, _values, _answer], everyStep: true);
        Network<ScalarLane, float> parts = Create<ScalarLane, float>([_tags, _values, _answer], everyStep: true);
        Batch batch = new(whole.Definition, seed: 4, missing: 0.3);
        (double[] losses, float[] gradients) = Run(whole, 5);
        (double[] otherLosses, float[] otherGradients) = Run(parts, 2, 3, 5);
        Assert.Equal(losses, otherLosses);
        Assert.Equal(gradients, otherGradients);
        Assert.Contains(gradients, gradient => gradient != 0);

        (double[] Losses, float[] Outputs) Run(Network<ScalarLane, float> network, params int[] ends)
        {
            network.Prepare(_lengths, training: true);
            for (int i = 0; i < batch.Features.Length; i++)
                network.Features[i] = (float)batch.Features[i];
            var found = new double[_lengths.Sum()];
            int first = 0;
            foreach (int end in ends)
            {
                network.Forward(first, end);
                network.ComputeLoss(batch.Labels, batch.Weights, 1, found, first, end);
                first = end;
            }
            int outputs = network.Definition.Outputs;
            return (found, [.. Enumerable.Range(0, found.Length * outputs).Select(i => network.Outputs[i / outputs, i % outputs])]);
        }
    }

    /// <summary>Gives a network with one head the parameters of a network with several, of which it is one.</summary>
    private static void CopyParameters(Network<DoubleLane, double> from, Network<DoubleLane, double> to, int firstOutput)
    {
        foreach (ParameterTensor tensor in to.Tensors)
        {
            bool isOfOutputs = tensor.Name is "head.weight" or "head.bias", isRow = tensor.Name == "head.weight" || tensor.Columns == 1;
            string ofPart = tensor.Name.Replace("head.", "head.parts.0.", StringComparison.Ordinal);
            ParameterTensor source = from.Tensors.Single(other => other.Name == (isOfOutputs ? tensor.Name : ofPart));
            for (int i = 0; i < tensor.Count; i++)
            {
                (int row, int column) = (i / tensor.Columns, i % tensor.Columns);
                int first = isOfOutputs ? firstOutput : 0;
                nint place = isRow ? source.Position(row + first, column) : source.Position(row, column + first);
                to.Parameters.Values.Pointer[tensor.Position(row, column)] = from.Parameters.Values.Pointer[place];
            }
        }
    }

    private static Network<L, T> Create<L, T>(JointPart[] parts, bool everyStep)
        where L : unmanaged, ILanes<L, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var network = new Network<L, T>(new()
        {
            Features = 2,
            Layers = [new LstmDefinition(5)],
            Outputs = parts.Sum(part => part.Outputs),
            EveryStep = everyStep,
            Head = new JointDefinition { Parts = parts },
        });
        network.Definition.Validate();
        network.Bind(network.Initialize(1), training: true);
        var random = new Random(1);
        foreach (ParameterTensor tensor in network.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
            {
                network.Parameters.Values.Pointer[tensor.Position(i / tensor.Columns, i % tensor.Columns)] =
                    T.CreateTruncating(random.NextDouble() - 0.5);
            }
        }
        return network;
    }

    /// <summary>Random features, labels and weights of a batch.</summary>
    private sealed class Batch
    {
        public Batch(NetworkDefinition network, int seed, double missing)
        {
            var random = new Random(seed);
            var shape = new BatchShape();
            shape.Set(_lengths);
            IReadOnlyList<JointPart> parts = ((JointDefinition)network.Head).Parts;
            Features = [.. Enumerable.Range(0, 2 * shape.Rows).Select(_ => random.NextDouble() - 0.5)];
            Labels = new float[shape.Rows * parts.Count];
            Weights = new float[Labels.Length];
            for (int i = 0; i < Labels.Length; i++)
            {
                JointPart part = parts[i % parts.Count];
                Labels[i] = part.Head is ValueDefinition ? random.NextSingle() : random.Next(part.Outputs == 1 ? 2 : part.Outputs);
                // The labels of a CRF have the same weight in a sequence.
                Weights[i] = random.NextDouble() < missing ? 0 : part.Head is CrfDefinition ? 0.7f : 0.5f + random.NextSingle();
            }
        }

        public double[] Features { get; }

        public float[] Labels { get; }

        public float[] Weights { get; }
    }
}
