namespace MlNetRecurrent.Engine.Heads;

/// <summary>The Viterbi algorithm: finds the sequence of tags with the largest score.</summary>
internal static unsafe class BestPath
{
    /// <summary>Finds the path. Of equal ones, it has the first tags from the end on.</summary>
    /// <param name="lattice">The scores, with the <see cref="TagLattice.Emissions"/> of the sequence.</param>
    /// <param name="steps">The number of steps. <see cref="TagLattice.Labels"/> takes the tags.</param>
    public static void Find(in TagLattice lattice, int steps)
    {
        int tags = lattice.Tags, stride = lattice.Stride;
        double* before = lattice.Take(1), now = lattice.Take(1), sources = lattice.Take(steps);
        for (int j = 0; j < tags; j++)
            before[j] = lattice.Start[j] + lattice.Emissions[j];
        for (int t = 1; t < steps; t++)
        {
            double* source = sources + (nint)t * stride, x = lattice.Emissions + (nint)t * stride;
            for (int j = 0; j < stride; j += Vector<double>.Count)
            {
                var best = Vector<double>.Zero;
                Vector<double> largest = Vector.Create(before[0]) + Vector.Load(lattice.Transitions.Row(0) + j);
                for (int i = 1; i < tags; i++)
                {
                    Vector<double> score = Vector.Create(before[i]) + Vector.Load(lattice.Transitions.Row(i) + j);
                    Vector<long> isLarger = Vector.GreaterThan(score, largest);
                    best = Vector.ConditionalSelect(isLarger, Vector.Create((double)i), best);
                    largest = Vector.ConditionalSelect(isLarger, score, largest);
                }
                best.Store(source + j);
                (largest + Vector.Load(x + j)).Store(now + j);
            }
            double* swapped = before;
            before = now;
            now = swapped;
        }
        int last = 0;
        for (int j = 1; j < tags; j++)
        {
            if (before[j] + lattice.End[j] > before[last] + lattice.End[last])
                last = j;
        }
        for (int t = steps - 1; t >= 0; t--)
        {
            lattice.Labels[t] = last;
            last = t > 0 ? (int)sources[(nint)t * stride + last] : last;
        }
    }
}
