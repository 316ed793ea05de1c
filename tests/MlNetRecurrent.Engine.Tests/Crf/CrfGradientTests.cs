using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests.Crf;

/// <summary>Gradients of a network that ends in a CRF, against central differences in double precision.</summary>
public sealed unsafe class CrfGradientTests
{
    private static readonly string[] _names = ["O", "B-A", "I-A", "B-B", "I-B"];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void They_are_those_of_sequences_of_1_to_20_steps(bool hasScheme, bool areMissing)
    {
        var network = new Network<DoubleLane, double>(new()
        {
            Features = 2,
            Layers = [new LstmDefinition(5)],
            Outputs = 5,
            EveryStep = true,
            Head = hasScheme ? new CrfDefinition { Scheme = TaggingScheme.Bio, Tags = _names } : new CrfDefinition(),
        });
        network.Bind(network.Initialize(1), training: true);
        int[] lengths = [20, 19, 13, 7, 4, 3, 2, 1];
        var random = new Random(1);
        double[] features = [.. Enumerable.Range(0, 2 * lengths.Sum()).Select(_ => random.NextDouble() - 0.5)];
        (float[] labels, float[] weights) = Label(lengths, areMissing, random);
        foreach (ParameterTensor tensor in network.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
                network.Parameters.Values.Pointer[tensor.Position(i / tensor.Columns, i % tensor.Columns)] = random.NextDouble() - 0.5;
        }
        Loss(only: false);
        double[] gradients = network.Gradients.Span.ToArray();
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
            network.Prepare(lengths, training: true);
            features.CopyTo(new Span<double>(network.Features, features.Length));
            return Passes.Run(network, labels, weights, only) / network.OutputShape.Rows;
        }
    }

    [Fact]
    public void They_do_not_depend_on_the_slices_of_the_work()
    {
        CrfCase<float> whole = Create(), parts = Create();
        (double[] losses, double[] gradients) = whole.ComputeLoss();
        (double[] lossesOfParts, double[] gradientsOfParts) = parts.ComputeLoss(1, 1, 3, 5);
        Assert.Equal(losses, lossesOfParts);
        Assert.Equal(gradients, gradientsOfParts);
        whole.Head.AccumulateGradients(WorkSlice.Whole);
        for (int i = 0; i < 9; i++)
            parts.Head.AccumulateGradients(new(i, 9));
        Assert.Contains(whole.Gradients.ToArray(), gradient => gradient != 0);
        Assert.Equal(whole.Gradients, parts.Gradients);

        static CrfCase<float> Create()
        {
            var crf = new CrfCase<float>(7, [9, 8, 8, 3, 1]);
            crf.Weights[4] = crf.Weights[11] = 0;
            return crf;
        }
    }

    [Fact]
    public void They_are_finite_where_all_but_one_path_is_impossibly_unlikely()
    {
        var crf = new CrfCase<float>(5, [30, 12], size: 1e6);
        (double[] losses, double[] gradients) = crf.ComputeLoss();
        crf.Head.AccumulateGradients(WorkSlice.Whole);
        Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
        Assert.All(gradients, gradient => Assert.InRange(gradient, -0.5, 0.5));
        Assert.All(crf.Gradients.ToArray(), gradient => Assert.InRange(gradient, -25, 25));
    }

    [Fact]
    public void Outputs_that_are_not_finite_give_a_loss_that_is_not()
    {
        var crf = new CrfCase<float>(5, [30, 12]);
        crf.X[17] = double.NaN;
        Assert.Contains(crf.ComputeLoss().Losses, double.IsNaN);
        Assert.Contains(crf.Predict(1), float.IsNaN);
    }

    [Fact]
    public void Nothing_is_allocated_for_a_batch_of_a_size_that_was_seen_before()
    {
        var network = new Network<ScalarLane, float>(new()
        {
            Features = 2,
            Layers = [new LstmDefinition(5)],
            Outputs = 5,
            EveryStep = true,
            Head = new CrfDefinition(),
        });
        network.Bind(network.Initialize(1), training: true);
        int[] lengths = [20, 13, 2];
        float[] labels = new float[35], weights = new float[35];
        Array.Fill(weights, 1, 0, 30);
        var losses = new double[35];
        Run();
        Run();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run()
        {
            network.Prepare(lengths, training: true);
            network.Forward(0, 3);
            network.ComputeLoss(labels, weights, 1, losses, 0, 3);
            network.AccumulateGradients(WorkSlice.Whole);
        }
    }

    /// <summary>Labels of the scheme, with weights that belong to a sequence.</summary>
    private static (float[] Labels, float[] Weights) Label(int[] lengths, bool areMissing, Random random)
    {
        var shape = new Batches.BatchShape();
        shape.Set(lengths);
        float[] labels = new float[shape.Rows], weights = new float[shape.Rows];
        for (int sequence = 0; sequence < lengths.Length; sequence++)
        {
            float weight = 0.5f + random.NextSingle();
            int label = 0;
            for (int t = 0; t < lengths[sequence]; t++)
            {
                int next = random.Next(5);
                bool isInside = next is 2 or 4 && (label == next || label == next - 1);
                label = next is 2 or 4 && !isInside ? next - 1 : next;
                labels[shape.Row(t, sequence)] = label;
                weights[shape.Row(t, sequence)] = areMissing && random.Next(3) == 0 ? 0 : weight;
            }
        }
        return (labels, weights);
    }
}
