using MlNetRecurrent.Engine;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Benchmarks;

/// <summary>A training step (forward, softmax loss of 10 classes on the last step, backward, Adam) and scoring, on random data.</summary>
internal sealed unsafe class NetworkBenchmark(Shape shape, int threads) : IWidthDependent<Measurement>
{
    private const int Classes = 10;

    public Measurement Run<L>()
        where L : unmanaged, IFloatLanes<L>
    {
        var definition = new NetworkDefinition
        {
            Features = shape.Inputs,
            Layers = [.. Enumerable.Repeat(new LayerDefinition(Enum.Parse<CellKind>(shape.Cell, ignoreCase: true), shape.Hidden), shape.Layers)],
            Outputs = Classes,
        };
        var network = new Network<L, float>(definition);
        network.Bind(network.Initialize(seed: 1), training: true);
        int[] lengths = [.. Enumerable.Repeat(shape.Steps, shape.Batch)];
        float[] features = Random(shape.Batch * shape.Steps * shape.Inputs);
        float[] labels = [.. Enumerable.Range(0, shape.Batch).Select(i => (float)(i % Classes))], weights = [.. Enumerable.Repeat(1f, shape.Batch)];
        var step = new TrainingStep<L>(network, learningRate: 1e-3, clipNorm: 0);
        double train = Measurement.Median(() =>
        {
            Load(training: true);
            step.Run(labels, weights, 1.0 / shape.Batch);
        });
        double infer = Measurement.Median(() =>
        {
            Load(training: false);
            network.Forward();
        });
        return new("ours", shape, threads, train, infer);

        void Load(bool training)
        {
            network.Prepare(lengths, training);
            features.CopyTo(new Span<float>(network.Features, features.Length));
        }
    }

    private static float[] Random(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }
}
