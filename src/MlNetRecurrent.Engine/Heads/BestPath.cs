namespace MlNetRecurrent.Engine.Heads;

/// <summary>The Viterbi algorithm: finds the sequence of tags with the largest score.</summary>
internal static unsafe class BestPath
{
    /// <summary>Finds the path. Of equal ones, it has the first tags from the end on.</summary>
    /// <param name="lattice">The scores, with the <see cref="TagLattice.Emissions"/> of the sequence.</param>
    /// <param name="steps">The number of steps. <see cref="TagLattice.Labels"/> takes the tags.</param>
    public static void Find(in TagLattice lattice, int steps)
    {
        int stride = lattice.Stride;
        double* best = lattice.TakeRows(steps);
        for (int j = 0; j < stride; j++)
            best[j] = lattice.Start[j] + lattice.Emissions[j];
        for (int t = 1; t < steps; t++)
            Extend(lattice, best + (nint)(t - 1) * stride, lattice.Emissions + (nint)t * stride, best + (nint)t * stride);
        // The backward way compares the scores of one tag a step: cheaper than to keep where the best path to each tag comes from.
        double* after = lattice.End;
        for (int t = steps - 1; t >= 0; t--)
        {
            int tag = FindLargestSum(best + (nint)t * stride, after, lattice.Tags);
            lattice.Labels[t] = tag;
            after = lattice.Reversed.Row(tag);
        }
    }

    /// <summary>now[j] = x[j] + maxᵢ (before[i] + A[i, j]).</summary>
    private static void Extend(in TagLattice lattice, double* before, double* x, double* now)
    {
        for (int j = 0; j < lattice.Stride; j += Vector<double>.Count)
        {
            Vector<double> largest = Vector.Create(before[0]) + Vector.Load(lattice.Transitions.Row(0) + j);
            for (int i = 1; i < lattice.Tags; i++)
                largest = Vector.Max(largest, Vector.Create(before[i]) + Vector.Load(lattice.Transitions.Row(i) + j));
            (largest + Vector.Load(x + j)).Store(now + j);
        }
    }

    private static int FindLargestSum(double* scores, double* after, int tags)
    {
        int best = 0;
        for (int i = 1; i < tags; i++)
        {
            if (scores[i] + after[i] > scores[best] + after[best])
                best = i;
        }
        return best;
    }
}
