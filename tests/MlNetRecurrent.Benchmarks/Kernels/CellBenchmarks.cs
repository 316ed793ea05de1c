using BenchmarkDotNet.Attributes;
using MlNetRecurrent.Engine.Cells;
using MlNetRecurrent.Engine.Kernels;
using MlNetRecurrent.Engine.Memory;

namespace MlNetRecurrent.Benchmarks.Kernels;

/// <summary>The cells without their products: one block of units of 64 sequences.</summary>
public class CellBenchmarks
{
    private const int Rows = 64;

    private readonly Dictionary<string, Action> _cells = [];

    [ParamsSource(nameof(Cells))]
    public string Cell { get; set; } = "";

    public static IEnumerable<string> Cells =>
        ["LstmForward", "LstmScore", "LstmBackward", "GruForward", "GruBackward", "ElmanForward", "ElmanBackward"];

    [GlobalSetup]
    public void Prepare() => Hardware.WithWidestVectors(new Calls(_cells));

    [Benchmark(OperationsPerInvoke = Rows)]
    public void Row() => _cells[Cell]();

    private sealed unsafe class Calls(Dictionary<string, Action> cells) : IWidthDependent<int>
    {
        public int Run<L>()
            where L : unmanaged, IFloatLanes<L>
        {
            PinnedBuffer<float> buffer = RandomBuffer.Create(8 * Rows * Block.Panel);
            float* At(int index) => buffer.Pointer + index * Rows * Block.Panel;
            cells["LstmForward"] = () => LstmEquations<L, float>.Forward(Rows, At(0), At(1), At(2), At(3), At(4), At(5), Block.Size);
            cells["LstmScore"] = () => LstmEquations<L, float>.Score(Rows, At(0), At(1), At(3), At(5), Block.Size);
            cells["LstmBackward"] = () => LstmEquations<L, float>.Backward(Rows, At(0), At(1), At(2), At(4), At(5), Block.Size, At(3));
            cells["GruForward"] = () => GruEquations<L, float>.Forward(Rows, At(0), At(1), At(2), At(3), At(4), Block.Size);
            cells["GruBackward"] = () => GruEquations<L, float>.Backward(Rows, At(0), At(1), At(2), At(3), Block.Size, At(4), Block.Size);
            cells["ElmanForward"] = () => ElmanEquations<L, float, Tanh<L, float>>.Forward(Rows, At(0), At(1), Block.Size);
            cells["ElmanBackward"] = () =>
                ElmanEquations<L, float, Tanh<L, float>>.Backward(Rows, At(0), At(1), Block.Size, At(2), Block.Size);
            return cells.Count;
        }
    }
}
