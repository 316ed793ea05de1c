using System.Runtime.Intrinsics;

namespace MlNetRecurrent.Engine.Matrices;

/// <summary>
/// A large random orthogonal matrix, computed with the products of the kernels: block Gram-Schmidt on normal random rows. Each block of
/// rows is made orthogonal to the blocks before and within itself, both twice (Stewart, "Block Gram-Schmidt orthogonalization", 2008). It
/// depends on the seed alone, not on the width of the vectors or the number of threads.
/// </summary>
/// <param name="size">Rows and columns.</param>
/// <param name="numberOfThreads">Threads that share the products.</param>
/// <param name="whileWorking">Called repeatedly; it may throw to stop the work.</param>
internal sealed unsafe class OrthogonalMatrix<L>(int size, int numberOfThreads, Action? whileWorking = null)
    where L : unmanaged, IFloatLanes<L>
{
    /// <summary>Rows of a block.</summary>
    private const int BlockRows = Block.Panel;

    private static readonly nint _padding = PanelMatrix<float>.StrideFor(0);

    private readonly int _panels = Block.PadToPanel(size) / Block.Panel;

    /// <summary>The finished rows, as [panels of columns][rows, panel], and transposed, as [panels of rows][columns, panel].</summary>
    private readonly PinnedBuffer<float> _rows = new((nint)Block.PadToPanel(size) * Block.PadToPanel(size)),
        _transposed = new((nint)Block.PadToPanel(size) * Block.PadToPanel(size));

    /// <summary>
    /// The current block [panels of columns][rows, panel], and its products with the finished rows [panels of them][rows, panel].
    /// </summary>
    private readonly PinnedBuffer<float> _block = new(Block.PadToPanel(size) / Block.Panel * BlockStride),
        _products = new(Block.PadToPanel(size) / Block.Panel * BlockStride);

    private readonly double[][] _exact = [.. Enumerable.Range(0, BlockRows).Select(_ => new double[Block.PadToPanel(size)])];

    private readonly ParallelOptions _threads = new() { MaxDegreeOfParallelism = numberOfThreads };

    public float this[int row, int column] =>
        _rows.Pointer[column / Block.Panel * PanelSize + (nint)row * Block.Panel + column % Block.Panel];

    private static nint BlockStride => BlockRows * Block.Panel + _padding;

    /// <summary>Elements of a panel of the whole matrix.</summary>
    private nint PanelSize => (nint)_panels * Block.Panel * Block.Panel;

    /// <summary>Computes the matrix of a seed.</summary>
    public void Make(ulong seed)
    {
        for (int first = 0; first < size; first += BlockRows)
        {
            whileWorking?.Invoke();
            int rows = Math.Min(BlockRows, size - first);
            Parallel.For(0, rows, _threads, row => Draw(seed, first, row));
            Store(rows);
            for (int pass = 0; pass < 2; pass++)
            {
                Project(first / Block.Panel, rows);
                Load(rows);
                Orthonormalize(rows);
                Store(rows);
            }
            Parallel.For(0, _panels, _threads, panel => Keep(panel, first, rows));
        }
        GC.KeepAlive(this);
    }

    /// <summary>Subtracts from the block its projection on the finished rows.</summary>
    private void Project(int donePanels, int rows)
    {
        float* block = _block.Pointer, products = _products.Pointer;
        Parallel.For(0, donePanels, _threads, panel =>
        {
            float* target = products + panel * BlockStride;
            TileProduct<L, float>.ForRows(rows, new TransposedProduct<L, float>(
                rows, _panels, block, BlockStride, _transposed.Pointer + panel * PanelSize, target, Block.Panel, add: false));
            for (int i = 0; i < rows * Block.Panel; i++)
                target[i] = -target[i];
        });
        Parallel.For(0, _panels, _threads, panel => TileProduct<L, float>.ForRows(rows, new TransposedProduct<L, float>(
            rows, donePanels, products, BlockStride, _rows.Pointer + panel * PanelSize,
            block + panel * BlockStride, Block.Panel, add: true)));
    }

    /// <summary>Modified Gram-Schmidt within the block, in double precision.</summary>
    private void Orthonormalize(int rows)
    {
        for (int i = 0; i < rows; i++)
        {
            double[] row = _exact[i];
            for (int k = 0; k < i; k++)
                AddMultiple(row, _exact[k], -Dot(row, _exact[k]));
            AddMultiple(row, row, 1 / Math.Sqrt(Dot(row, row)) - 1);
        }
    }

    /// <summary>Normally distributed numbers (Box and Muller 1958), a pair of a counter.</summary>
    private void Draw(ulong seed, int first, int row)
    {
        Span<double> target = _exact[row].AsSpan(0, size);
        ulong counter = seed + (ulong)(first + row) * (ulong)size;
        for (int i = 0; i < size; i += 2, counter++)
        {
            ulong bits = SeedSequence.Mix(counter * SeedSequence.Golden);
            double radius = Math.Sqrt(-2 * Math.Log(((bits >> 32) + 0.5) / (1L << 32)));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (uint)bits / (1L << 32));
            target[i] = radius * cosine;
            if (i + 1 < size)
                target[i + 1] = radius * sine;
        }
    }

    private void Load(int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < size; column++)
                _exact[row][column] = BlockAt(column / Block.Panel, row)[column % Block.Panel];
        }
    }

    private void Store(int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < size; column++)
                BlockAt(column / Block.Panel, row)[column % Block.Panel] = (float)_exact[row][column];
        }
    }

    /// <summary>Adds a panel of the block's columns to the finished rows.</summary>
    private void Keep(int panel, int first, int rows)
    {
        float* source = BlockAt(panel, 0);
        float* transposed = _transposed.Pointer + first / Block.Panel * PanelSize + (nint)panel * Block.Panel * Block.Panel;
        new ReadOnlySpan<float>(source, rows * Block.Panel)
            .CopyTo(new Span<float>(_rows.Pointer + panel * PanelSize + (nint)first * Block.Panel, rows * Block.Panel));
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < Block.Panel; column++)
                transposed[column * Block.Panel + row] = source[row * Block.Panel + column];
        }
    }

    private float* BlockAt(int panel, int row) => _block.Pointer + panel * BlockStride + row * Block.Panel;

    /// <summary>Eight sums on every processor, so that the result is the same everywhere. The rows are whole panels long.</summary>
    private static double Dot(double[] x, double[] y)
    {
        Vector512<double> sum = Vector512<double>.Zero, other = Vector512<double>.Zero;
        for (int i = 0; i < x.Length; i += 2 * Vector512<double>.Count)
        {
            sum += Vector512.Create(x, i) * Vector512.Create(y, i);
            other += Vector512.Create(x, i + Vector512<double>.Count) * Vector512.Create(y, i + Vector512<double>.Count);
        }
        sum += other;
        double total = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
            total += sum[lane];
        return total;
    }

    private static void AddMultiple(double[] x, double[] y, double factor)
    {
        for (int i = 0; i < x.Length; i += Vector512<double>.Count)
            (Vector512.Create(x, i) + Vector512.Create(y, i) * factor).CopyTo(x, i);
    }
}
