namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// The scores of all sequences of tags: score(y) = start[y₀] + Σ x[t, y[t]] + Σ A[y[t - 1], y[t]] + end[y[T - 1]], where x are the outputs of
/// a network. Sums over all sequences are computed by the forward algorithm in log space, and in double precision: over thousands of steps,
/// errors of single precision would be larger than the differences between tags.
/// <para>
/// The sum of a step is that of products, log Σᵢ exp(x[i] - max x) · exp(A[i, j] - max A), which needs no exponential for each pair of
/// tags. Where it underflows, the sum is that of exp(x[i] + A[i, j]) with the largest summand factored out.
/// </para>
/// <para>Buffers are [.., Stride]. Their columns beyond the tags are <see cref="Impossible"/>.</para>
/// </summary>
internal readonly unsafe struct TagLattice
{
    /// <summary>The score of what cannot be. It is finite, so that no difference of two is NaN.</summary>
    public const double Impossible = -1e30;

    /// <summary>A sum of at least this size has lost nothing that counts by underflow.</summary>
    private const double LeastSum = 1e-200;

    /// <summary>The widest vector has as many numbers.</summary>
    private const int Lanes = 8;

    [ThreadStatic]
    private static Arena<double>? _memoryOfThread;

    private readonly Arena<double> _arena;
    private readonly double* _reversed, _reversedPowers, _scores, _weights;

    /// <summary>Takes the memory of the thread, which another lattice may have until then.</summary>
    /// <param name="tags">The number of tags.</param>
    /// <param name="steps">The most steps of a sequence.</param>
    public TagLattice(int tags, int steps)
    {
        _arena = _memoryOfThread ??= new();
        _arena.Reset();
        Tags = tags;
        Stride = StrideFor(tags);
        Transitions = Take(tags);
        Powers = Take(tags);
        _reversed = Take(tags);
        _reversedPowers = Take(tags);
        Start = Take(1);
        End = Take(1);
        Emissions = Take(steps);
        Alpha = Take(steps);
        Beta = Take(steps);
        _scores = Take(1);
        _weights = Take(1);
        Labels = (int*)_arena.Take(steps);
    }

    public int Tags { get; }

    public int Stride { get; }

    /// <summary>[Tags, Stride]: A.</summary>
    public double* Transitions { get; }

    /// <summary>[Tags, Stride]: exp(A - <see cref="LargestTransition"/>), and any number in the columns beyond the tags.</summary>
    public double* Powers { get; }

    /// <summary>The largest element of A.</summary>
    public double LargestTransition { get; private init; }

    public double* Start { get; }

    public double* End { get; }

    /// <summary>[steps, Stride]: x.</summary>
    public double* Emissions { get; }

    /// <summary>[steps, Stride]: the logarithm of the sum of exp(score) over the beginnings of sequences that end with a tag.</summary>
    public double* Alpha { get; }

    /// <summary>[steps, Stride]: the same for what can follow a tag.</summary>
    public double* Beta { get; }

    /// <summary>[steps]: the tag of each step; -1 for a missing label.</summary>
    public int* Labels { get; }

    public static int StrideFor(int tags) => (tags + Lanes - 1) / Lanes * Lanes;

    /// <summary>The lattice with the parameters [Tags, Tags], [Tags] and [Tags]. What the rules forbid is impossible.</summary>
    public TagLattice With<T>(T* parameters, TagRules? rules)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = Impossible;
        T* start = parameters + (nint)Tags * Tags, end = start + Tags;
        for (int i = 0; i < Tags; i++)
        {
            for (int j = 0; j < Tags; j++)
            {
                bool isAllowed = rules is null || rules.MayFollow(i, j);
                double score = isAllowed ? double.CreateTruncating(parameters[(nint)i * Tags + j]) : Impossible;
                Transitions[(nint)i * Stride + j] = _reversed[(nint)j * Stride + i] = score;
                largest = Math.Max(largest, score);
            }
            Start[i] = rules is null || rules.MayBegin(i) ? double.CreateTruncating(start[i]) : Impossible;
            End[i] = rules is null || rules.MayEnd(i) ? double.CreateTruncating(end[i]) : Impossible;
        }
        for (nint i = 0; i < (nint)Tags * Stride; i++)
        {
            bool isPadding = i % Stride >= Tags;
            Powers[i] = isPadding ? 1 : Math.Exp(Transitions[i] - largest);
            _reversedPowers[i] = isPadding ? 1 : Math.Exp(_reversed[i] - largest);
        }
        return this with { LargestTransition = largest };
    }

    /// <summary>Computes <see cref="Alpha"/> and <see cref="Beta"/> of a sequence from its <see cref="Emissions"/>.</summary>
    /// <returns>The logarithm of the sum of exp(score) over all sequences of tags.</returns>
    public double Run(int steps)
    {
        double* sums = Beta;
        Add(Start, Emissions, Alpha);
        for (int t = 1; t < steps; t++)
        {
            LogSum(Alpha + (nint)(t - 1) * Stride, Transitions, Powers, sums);
            Add(sums, Emissions + (nint)t * Stride, Alpha + (nint)t * Stride);
        }
        double* last = Beta + (nint)(steps - 1) * Stride;
        new Span<double>(End, Stride).CopyTo(new(last, Stride));
        for (int t = steps - 1; t > 0; t--)
        {
            Add(Emissions + (nint)t * Stride, Beta + (nint)t * Stride, _scores);
            LogSum(_scores, _reversed, _reversedPowers, Beta + (nint)(t - 1) * Stride);
        }
        Add(Alpha + (nint)(steps - 1) * Stride, End, _scores);
        return LogSum(_scores);
    }

    /// <summary>After <see cref="Run"/>: the probability of a tag at a step.</summary>
    public double Probability(int t, int tag, double logSum)
    {
        nint place = (nint)t * Stride + tag;
        return Math.Exp(Alpha[place] + Beta[place] - logSum);
    }

    /// <summary>The score of <see cref="Labels"/>.</summary>
    public double ScoreLabels(int steps)
    {
        double score = Start[Labels[0]] + End[Labels[steps - 1]];
        for (int t = 0; t < steps; t++)
        {
            score += Emissions[(nint)t * Stride + Labels[t]];
            score += t > 0 ? Transitions[(nint)Labels[t - 1] * Stride + Labels[t]] : 0;
        }
        return score;
    }

    /// <summary>Makes all tags but the <see cref="Labels"/> impossible.</summary>
    public void FixLabels(int steps)
    {
        for (int t = 0; t < steps; t++)
        {
            for (int tag = 0; tag < Tags && Labels[t] >= 0; tag++)
            {
                if (tag != Labels[t])
                    Emissions[(nint)t * Stride + tag] = Impossible;
            }
        }
    }

    /// <summary>A buffer of rows that is zero.</summary>
    public double* TakeZeros(int rows) => Take(rows, 0);

    /// <summary>A buffer of rows that is impossible everywhere.</summary>
    public double* Take(int rows) => Take(rows, Impossible);

    private double* Take(int rows, double value)
    {
        nint count = (nint)rows * Stride;
        double* taken = _arena.Take(count);
        for (nint i = 0; i < count; i++)
            taken[i] = value;
        return taken;
    }

    private void Add(double* x, double* y, double* sum)
    {
        for (int j = 0; j < Stride; j += Vector<double>.Count)
            (Vector.Load(x + j) + Vector.Load(y + j)).Store(sum + j);
    }

    /// <summary>result[j] = log Σᵢ exp(x[i] + matrix[i, j]).</summary>
    private void LogSum(double* x, double* matrix, double* powers, double* result)
    {
        double largest = Largest(x);
        for (int i = 0; i < Stride; i += Vector<double>.Count)
            Vector.Exp(Vector.Load(x + i) - Vector.Create(largest)).Store(_weights + i);
        Vector<double> shift = Vector.Create(largest + LargestTransition), least = Vector.Create(LeastSum);
        for (int j = 0; j < Stride; j += Vector<double>.Count)
        {
            var sum = Vector<double>.Zero;
            for (int i = 0; i < Tags; i++)
                sum += Vector.Create(_weights[i]) * Vector.Load(powers + (nint)i * Stride + j);
            Vector<double> logarithm = Vector.GreaterThanOrEqualAll(sum, least) ? Vector.Log(sum) + shift : LogSumOfColumns(x, matrix + j);
            logarithm.Store(result + j);
        }
    }

    /// <summary>The same for a few columns, also where summands are too far apart for products.</summary>
    private Vector<double> LogSumOfColumns(double* x, double* matrix)
    {
        Vector<double> largest = Vector.Create(x[0]) + Vector.Load(matrix), sum = Vector<double>.Zero;
        for (int i = 1; i < Tags; i++)
            largest = Vector.Max(largest, Vector.Create(x[i]) + Vector.Load(matrix + (nint)i * Stride));
        for (int i = 0; i < Tags; i++)
            sum += Vector.Exp(Vector.Create(x[i]) + Vector.Load(matrix + (nint)i * Stride) - largest);
        return largest + Vector.Log(sum);
    }

    private double LogSum(double* x)
    {
        double largest = Largest(x), sum = 0;
        for (int j = 0; j < Tags; j++)
            sum += Math.Exp(x[j] - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>The largest number of a row.</summary>
    public double Largest(double* x)
    {
        double largest = x[0];
        for (int j = 1; j < Tags; j++)
            largest = Math.Max(largest, x[j]);
        return largest;
    }
}
