using BenchmarkDotNet.Attributes;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Matrices;
using MlNetRecurrent.Engine.Memory;
using MlNetRecurrent.Engine.Workers;

namespace MlNetRecurrent.Benchmarks.Kernels;

/// <summary>The products of a step of an LSTM: y = b + W x + R h, the way back to h, and the gradients of the weights.</summary>
public class ProductBenchmarks
{
    private Action _forward = () => { }, _backward = () => { }, _gradients = () => { };

    /// <summary>Sequences of the batch.</summary>
    [Params(1, 8, 64)]
    public int Rows { get; set; }

    /// <summary>Units, and features of the input.</summary>
    [Params(64, 256)]
    public int Units { get; set; }

    [GlobalSetup]
    public void Prepare() => (_forward, _backward, _gradients) = Hardware.WithWidestVectors(new Products(Rows, Units));

    [Benchmark]
    public void Forward() => _forward();

    [Benchmark]
    public void BackwardState() => _backward();

    [Benchmark]
    public void WeightGradients() => _gradients();

    private sealed unsafe class Products(int rows, int units) : IWidthDependent<(Action, Action, Action)>
    {
        public (Action, Action, Action) Run<L>()
            where L : unmanaged, IFloatLanes<L>
        {
            var map = new AffineMap<L, float>(units, units, units, gates: 4);
            PinnedBuffer<float> weights = RandomBuffer.Create(map.ParameterCount), gradients = RandomBuffer.Create(map.ParameterCount);
            PinnedBuffer<float> x = RandomBuffer.Create(rows * units), h = RandomBuffer.Create(rows * units);
            nint stride = PanelMatrix<float>.StrideFor(rows);
            PinnedBuffer<float> y = RandomBuffer.Create(map.Panels * stride);
            map.Bind(weights.Pointer, gradients.Pointer);
            map.PrepareBackward(input: false);
            map.RefreshTransposed(WorkSlice.Whole);
            return (
                () => map.Forward(0, map.Panels, rows, new(x.Pointer, units), new(h.Pointer, units), new(y.Pointer, stride)),
                () => map.BackwardState(rows, new(y.Pointer, stride), new(h.Pointer, units)),
                () => map.AccumulateGradients(rows, new(x.Pointer, units), new(h.Pointer, units), new(y.Pointer, stride), WorkSlice.Whole));
        }
    }
}
