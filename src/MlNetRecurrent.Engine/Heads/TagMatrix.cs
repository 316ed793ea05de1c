namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// A matrix of scores A [tags, stride]. Sums of exp(x[i] + A[i, j]) are those of products, exp(x[i] - max x) · exp(A[i, j] - max A), which
/// need no exponential for each pair of tags. Where they underflow, the largest summand is factored out instead.
/// </summary>
/// <param name="tags">The number of tags.</param>
/// <param name="stride">The distance from one row to the next, whole vectors.</param>
/// <param name="scores">A. Columns beyond the tags are <see cref="TagLattice.Impossible"/>.</param>
/// <param name="powers">A buffer of the same size.</param>
internal readonly unsafe struct TagMatrix(int tags, int stride, double* scores, double* powers)
{
    /// <summary>A sum of at least this size has lost nothing that counts by underflow.</summary>
    private const double LeastSum = 1e-200;

    /// <summary>The largest element.</summary>
    public double LargestScore { get; private init; }

    /// <summary>A row of A.</summary>
    public double* Row(int tag) => scores + (nint)tag * stride;

    /// <summary>
    /// A row of exp(A - <see cref="LargestScore"/>). Columns beyond the tags are 1, so that none of their sums underflows.
    /// </summary>
    public double* PowersOf(int tag) => powers + (nint)tag * stride;

    /// <summary>Computes the powers from the scores.</summary>
    public TagMatrix ComputePowers()
    {
        double largest = TagLattice.Impossible;
        for (int i = 0; i < tags; i++)
            largest = Math.Max(largest, Largest(Row(i)));
        for (int i = 0; i < tags; i++)
        {
            for (int j = 0; j < stride; j += Vector<double>.Count)
                Vector.Exp(Vector.Load(Row(i) + j) - Vector.Create(largest)).Store(PowersOf(i) + j);
            new Span<double>(PowersOf(i) + tags, stride - tags).Fill(1);
        }
        return this with { LargestScore = largest };
    }

    /// <summary>Takes the powers from those of the transposed matrix.</summary>
    public TagMatrix TransposePowersOf(TagMatrix transposed)
    {
        for (int i = 0; i < tags; i++)
        {
            for (int j = 0; j < stride; j++)
                PowersOf(i)[j] = j < tags ? transposed.PowersOf(j)[i] : 1;
        }
        return this with { LargestScore = transposed.LargestScore };
    }

    /// <summary>The largest number of a row.</summary>
    public double Largest(double* row)
    {
        double largest = row[0];
        for (int j = 1; j < tags; j++)
            largest = Math.Max(largest, row[j]);
        return largest;
    }

    /// <summary>result[j] = log Σᵢ exp(x[i] + A[i, j]).</summary>
    /// <param name="x">[stride]</param>
    /// <param name="weights">A buffer [stride].</param>
    /// <param name="result">[stride]</param>
    public void LogSum(double* x, double* weights, double* result)
    {
        double largest = Largest(x);
        for (int i = 0; i < stride; i += Vector<double>.Count)
            Vector.Exp(Vector.Load(x + i) - Vector.Create(largest)).Store(weights + i);
        Vector<double> shift = Vector.Create(largest + LargestScore), least = Vector.Create(LeastSum);
        for (int j = 0; j < stride; j += Vector<double>.Count)
        {
            var sum = Vector<double>.Zero;
            for (int i = 0; i < tags; i++)
                sum += Vector.Create(weights[i]) * Vector.Load(PowersOf(i) + j);
            Vector<double> logarithm = Vector.GreaterThanOrEqualAll(sum, least) ? Vector.Log(sum) + shift : LogSumOfColumns(x, j);
            logarithm.Store(result + j);
        }
    }

    /// <summary>The same for the columns of a vector, also where summands are too far apart for products.</summary>
    private Vector<double> LogSumOfColumns(double* x, int column)
    {
        Vector<double> largest = Vector.Create(x[0]) + Vector.Load(Row(0) + column), sum = Vector<double>.Zero;
        for (int i = 1; i < tags; i++)
            largest = Vector.Max(largest, Vector.Create(x[i]) + Vector.Load(Row(i) + column));
        for (int i = 0; i < tags; i++)
            sum += Vector.Exp(Vector.Create(x[i]) + Vector.Load(Row(i) + column) - largest);
        return largest + Vector.Log(sum);
    }
}
