namespace MlNetRecurrent.Engine.Heads;

/// <summary>The sums over sequences of tags of a batch, from which the gradients of the parameters of a CRF are computed.</summary>
internal readonly unsafe struct CrfRecord
{
    /// <summary>The sums over all sequences of tags.</summary>
    public PathSums All { get; private init; }

    /// <summary>The sums over those that have the known labels, where some are missing.</summary>
    public PathSums Known { get; private init; }

    /// <summary>[rows]: the labels, -1 where they are missing.</summary>
    public int* Labels { get; private init; }

    /// <summary>[sequences]: the factor of the gradient.</summary>
    public double* Factors { get; private init; }

    /// <summary>[sequences]: 1 where a label is missing.</summary>
    public int* ArePartial { get; private init; }

    /// <param name="shape">The batch.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="arena">The source of buffers.</param>
    public static CrfRecord Take<T>(BatchShape shape, int stride, Arena<T> arena)
        where T : unmanaged
    {
        return new()
        {
            All = TakeSums(),
            Known = TakeSums(),
            Labels = (int*)TakeDoubles(shape.Rows),
            Factors = TakeDoubles(shape.Count),
            ArePartial = (int*)TakeDoubles(shape.Count),
        };

        PathSums TakeSums() => new(
            stride, TakeDoubles((nint)shape.Rows * stride), TakeDoubles((nint)shape.Rows * stride), TakeDoubles(shape.Count));

        double* TakeDoubles(nint count) => (double*)arena.Take(count * sizeof(double) / sizeof(T));
    }

    /// <summary>Keeps a sequence after the sums over all sequences of tags.</summary>
    public void Keep(in TagLattice lattice, BatchShape shape, int sequence, double factor, double logSum, bool isPartial)
    {
        All.Keep(lattice, shape, sequence, logSum);
        Factors[sequence] = factor;
        ArePartial[sequence] = isPartial ? 1 : 0;
        for (int t = 0; t < shape.Lengths[sequence]; t++)
            Labels[shape.Row(t, sequence)] = lattice.Labels[t];
    }

    /// <summary>Keeps the sums over those that have the known labels.</summary>
    public void KeepKnown(in TagLattice lattice, BatchShape shape, int sequence, double logSum) =>
        Known.Keep(lattice, shape, sequence, logSum);
}

/// <summary>The sums over some of the sequences of tags, for each sequence of a batch.</summary>
/// <param name="stride">The distance from one row to the next.</param>
/// <param name="before">[rows, stride]: <see cref="TagLattice.Alpha"/>.</param>
/// <param name="after">[rows, stride]: x + β - log Z.</param>
/// <param name="logSums">[sequences]: log Z.</param>
internal readonly unsafe struct PathSums(int stride, double* before, double* after, double* logSums)
{
    public double* Before(int row) => before + (nint)row * stride;

    public double* After(int row) => after + (nint)row * stride;

    public double LogSum(int sequence) => logSums[sequence];

    public void Keep(in TagLattice lattice, BatchShape shape, int sequence, double logSum)
    {
        logSums[sequence] = logSum;
        for (int t = 0; t < shape.Lengths[sequence]; t++)
        {
            int row = shape.Row(t, sequence);
            nint place = (nint)t * stride;
            for (int j = 0; j < stride; j++)
            {
                Before(row)[j] = lattice.Alpha[place + j];
                After(row)[j] = lattice.Emissions[place + j] + lattice.Beta[place + j] - logSum;
            }
        }
    }
}
