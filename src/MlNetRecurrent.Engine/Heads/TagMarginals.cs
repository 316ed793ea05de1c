namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// The probabilities of the tags at each step, by the forward-backward algorithm on probabilities that are normalized at each step (Rabiner
/// 1989) instead of their logarithms: one exponential for each score of the network. It keeps its results in the place of
/// <see cref="TagLattice.Alpha"/> and <see cref="TagLattice.Beta"/>.
/// </summary>
internal static unsafe class TagMarginals
{
    /// <summary>
    /// Numbers below 1e-308 are lost. Relative to sums of at least this size in both directions, the sequences of tags that pass through
    /// them have probabilities below 1e-120.
    /// </summary>
    private const double LeastSum = 1e-90;

    /// <summary>Computes the probabilities [steps, Stride].</summary>
    /// <param name="lattice">The scores.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <returns>Whether no number was lost; otherwise the results are not to be used.</returns>
    public static bool TryCompute(in TagLattice lattice, int steps)
    {
        nint stride = lattice.Stride;
        double* forward = lattice.Alpha, backward = lattice.Beta, next = lattice.TakeRows(1);
        for (int t = 0; t < steps; t++)
        {
            double* before = forward + (t - 1) * stride, now = forward + t * stride, powers = backward + t * stride;
            ComputePowers(lattice, lattice.Emissions + t * stride, powers);
            if (t == 0)
                ComputePowers(lattice, lattice.Start, now);
            else
                Multiply(lattice, lattice.Transitions, before, now);
            double sum = 0;
            for (int j = 0; j < stride; j++)
                sum += now[j] *= powers[j];
            if (!(sum >= LeastSum))
                return false;
            Scale(lattice, now, 1 / sum);
        }
        // The powers of a step give way to its backward probabilities.
        ComputePowers(lattice, lattice.End, next);
        for (int t = steps - 1; t >= 0; t--)
        {
            double* now = forward + t * stride, powers = backward + t * stride;
            double sum = 0, largest = 0;
            for (int j = 0; j < stride; j++)
            {
                sum += now[j] *= next[j];
                powers[j] *= next[j];
                largest = Math.Max(largest, powers[j]);
            }
            if (!(sum >= LeastSum && largest >= LeastSum))
                return false;
            Scale(lattice, now, 1 / sum);
            Scale(lattice, powers, 1 / largest);
            Multiply(lattice, lattice.Reversed, powers, next);
        }
        return true;
    }

    /// <summary>exp(scores - their largest); 0 beyond the tags.</summary>
    private static void ComputePowers(in TagLattice lattice, double* scores, double* powers)
    {
        Vector<double> largest = Vector.Create(lattice.Transitions.Largest(scores));
        for (int j = 0; j < lattice.Stride; j += Vector<double>.Count)
            Vector.Exp(Vector.Load(scores + j) - largest).Store(powers + j);
    }

    /// <summary>result = x · exp(A - its largest).</summary>
    private static void Multiply(in TagLattice lattice, TagMatrix matrix, double* x, double* result)
    {
        for (int j = 0; j < lattice.Stride; j += Vector<double>.Count)
        {
            var sum = Vector<double>.Zero;
            for (int i = 0; i < lattice.Tags; i++)
                sum += Vector.Create(x[i]) * Vector.Load(matrix.PowersOf(i) + j);
            sum.Store(result + j);
        }
    }

    private static void Scale(in TagLattice lattice, double* values, double factor)
    {
        for (int j = 0; j < lattice.Stride; j += Vector<double>.Count)
            (Vector.Load(values + j) * Vector.Create(factor)).Store(values + j);
    }
}
