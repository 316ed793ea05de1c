using System.Numerics;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Definitions;
using MlNetRecurrent.Engine.Heads;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Networks;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Engine.Tests;

/// <summary>A head with parameters of its own, whose loss joins the steps of a sequence.</summary>
public sealed unsafe class SequenceHeadTests
{
    private static readonly int[] _lengths = [5, 3, 3, 1];

    [Fact]
    public void Gradients_reach_the_parameters_of_the_head_and_of_the_layers()
    {
        var network = new Network<DoubleLane, double>(new()
        {
            Features = 2,
            Layers = [new LstmDefinition(6)],
            Outputs = 1,
            EveryStep = true,
            Head = new CarryDefinition(),
        });
        network.Bind(network.Initialize(1), training: true);
        var random = new Random(1);
        double[] features = [.. Enumerable.Range(0, 2 * _lengths.Sum()).Select(_ => random.NextDouble())];
        float[] labels = [.. Enumerable.Range(0, _lengths.Sum()).Select(_ => random.NextSingle())];
        float[] weights = [.. Enumerable.Range(0, _lengths.Sum()).Select(_ => random.NextSingle())];
        Loss();
        double[] gradients = network.Gradients.Span.ToArray();
        Assert.Equal("head.carry", network.Tensors.Last().Name);
        Assert.NotEqual(0, gradients[network.Tensors.Last().Position(0, 0)]);
        foreach (ParameterTensor tensor in network.Tensors)
        {
            for (int i = 0; i < tensor.Count; i++)
            {
                nint place = tensor.Position(i / tensor.Columns, i % tensor.Columns);
                const double step = 1e-5;
                network.Parameters.Values.Pointer[place] += step;
                double above = Loss();
                network.Parameters.Values.Pointer[place] -= 2 * step;
                double below = Loss();
                network.Parameters.Values.Pointer[place] += step;
                Assert.Equal((above - below) / (2 * step), gradients[place], 1e-8);
            }
        }

        double Loss()
        {
            network.Prepare(_lengths, training: true);
            features.CopyTo(new Span<double>(network.Features, features.Length));
            return Passes.Run(network, labels, weights) / _lengths.Sum();
        }
    }

    [Fact]
    public void A_replica_shares_the_parameters_of_the_head()
    {
        CarryHead<double> head = new(), replica = (CarryHead<double>)head.Replicate();
        double[] parameters = new double[head.ParameterCount];
        fixed (double* first = parameters)
        {
            head.Bind(first, null);
            replica.Bind(first, null);
            parameters[0] = 7;
            Assert.Equal((7, 7), (head.Carry, replica.Carry));
        }
    }

    private sealed record CarryDefinition : HeadDefinition
    {
        public override string Name => "Carry";

        public override bool CanBeCut => false;

        public override Head<T> Create<T>(int outputs) => new CarryHead<T>();

        public override double LossOfZeros(int outputs, DataStatistics data, TargetTransform targets) => 1;
    }

    /// <summary>loss = weight · (y[t] - c y[t - 1] - label)², where y[-1] = 0 and c is learned.</summary>
    private sealed class CarryHead<T> : Head<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private T* _carry;
        private T* _gradient;
        private T[] _parts = [];

        public T Carry => *_carry;

        public override nint ParameterCount => Block.Size;

        public override IEnumerable<ParameterTensor> Tensors => [new("carry", 1, 1, (_, _) => 0)];

        public override int PredictionSize => 1;

        public override void Bind(T* parameters, T* gradients)
        {
            _carry = parameters;
            _gradient = gradients;
        }

        public override void Initialize(T* parameters, WeightInitializer initializer) => *parameters = T.CreateTruncating(0.5);

        public override void ComputeLoss(
            PanelMatrix<T> outputs, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights, double scale, Span<double> losses,
            int first, int last)
        {
            _parts = new T[Shape.Count];
            for (int sequence = first; sequence < last; sequence++)
            {
                T after = T.Zero;
                for (int t = Shape.Lengths[sequence] - 1; t >= 0; t--)
                {
                    int row = Shape.Row(t, sequence);
                    T before = t > 0 ? outputs[Shape.Row(t - 1, sequence), 0] : T.Zero;
                    T error = outputs[row, 0] - *_carry * before - T.CreateTruncating(labels[row]);
                    losses[row] = weights[row] * double.CreateTruncating(error * error);
                    T slope = T.CreateTruncating(2 * weights[row] * scale) * error;
                    _parts[sequence] -= slope * before;
                    for (int k = 1; k < Block.Panel; k++)
                        outputs[row, k] = T.Zero;
                    outputs[row, 0] = slope - *_carry * after;
                    after = slope;
                }
            }
        }

        public override void AccumulateGradients(WorkSlice slice)
        {
            if (slice.Index > 0)
                return;
            foreach (T part in _parts)
                *_gradient += part;
        }

        public override void Predict(PanelMatrix<T> outputs, int sequence, Span<float> predictions)
        {
            for (int t = 0; t < Shape.Lengths[sequence]; t++)
                predictions[t] = float.CreateTruncating(outputs[Shape.Row(t, sequence), 0]);
        }
    }
}
