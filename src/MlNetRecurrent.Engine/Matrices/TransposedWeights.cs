using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlNetRecurrent.Engine.Matrices;

/// <summary>
/// A copy of the weights of an <see cref="AffineMap{L, T}"/>, or of some of their rows, transposed for the backward pass: [output
/// panels][input panels · <see cref="Block.Panel"/>, <see cref="Block.Panel"/>].
/// </summary>
/// <param name="rows">Rows of a panel that are transposed: the width of the gradient that the backward pass computes.</param>
/// <param name="panels">Panels of the map.</param>
internal sealed unsafe class TransposedWeights<T>(int rows, int panels)
    where T : unmanaged
{
    private readonly PinnedBuffer<T> _buffer = new((nint)Block.PadToPanel(rows) * panels * Block.Panel);

    public int InputPanels => panels;

    public int OutputPanels { get; } = Block.PadToPanel(rows) / Block.Panel;

    public T* Panel(int panel) => _buffer.Pointer + (nint)panel * panels * Block.Panel * Block.Panel;

    /// <summary>Copies the weights again.</summary>
    /// <param name="weights">The first of the rows, in the first panel.</param>
    /// <param name="panelSize">Elements from one panel to the next.</param>
    /// <param name="slice">The part of the panels to copy.</param>
    public void Refresh(T* weights, nint panelSize, WorkSlice slice)
    {
        (int first, int last) = slice.Of(panels);
        for (int panel = first; panel < last; panel++)
        {
            for (int row = 0; row < rows; row += Block.Size)
            {
                T* source = weights + panel * panelSize + row * Block.Panel;
                T* target = Panel(row / Block.Panel) + (nint)panel * Block.Panel * Block.Panel + row % Block.Panel;
                TransposeBlock(source, target, Math.Min(Block.Size, rows - row));
            }
        }
    }

    /// <summary>Some rows, a panel wide, to as many columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeBlock(T* source, T* target, int count)
    {
        const int side = 4;
        int row = 0;
        if (typeof(T) == typeof(float) && Sse.IsSupported)
        {
            for (; row <= count - side; row += side)
            {
                for (int column = 0; column < Block.Panel; column += side)
                    TransposeSquare((float*)source + row * Block.Panel + column, (float*)target + column * Block.Panel + row);
            }
        }
        for (; row < count; row++)
        {
            for (int column = 0; column < Block.Panel; column++)
                target[column * Block.Panel + row] = source[row * Block.Panel + column];
        }
    }

    /// <summary>A square of four rows and columns of a panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(float* source, float* target)
    {
        Vector128<float> a = Vector128.Load(source), b = Vector128.Load(source + Block.Panel);
        Vector128<float> c = Vector128.Load(source + 2 * Block.Panel), d = Vector128.Load(source + 3 * Block.Panel);
        Vector128<float> abLow = Sse.UnpackLow(a, b), abHigh = Sse.UnpackHigh(a, b);
        Vector128<float> cdLow = Sse.UnpackLow(c, d), cdHigh = Sse.UnpackHigh(c, d);
        Sse.MoveLowToHigh(abLow, cdLow).Store(target);
        Sse.MoveHighToLow(cdLow, abLow).Store(target + Block.Panel);
        Sse.MoveLowToHigh(abHigh, cdHigh).Store(target + 2 * Block.Panel);
        Sse.MoveHighToLow(cdHigh, abHigh).Store(target + 3 * Block.Panel);
    }
}
