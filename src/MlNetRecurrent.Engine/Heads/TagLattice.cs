namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// The scores of all sequences of tags: score(y) = start[y₀] + Σ x[t, y[t]] + Σ A[y[t - 1], y[t]] + end[y[T - 1]], where x are the outputs
/// of a network. Sums over all sequences are computed by the forward algorithm in log space, and in double precision: over thousands of
/// steps, errors of single precision would be larger than the differences between tags.
/// <para>Buffers are [.., Stride]. Their columns beyond the tags are <see cref="Impossible"/>.</para>
/// </summary>
internal readonly unsafe struct TagLattice
{
    /// <summary>The score of what cannot be. It is finite, so that no difference of two is NaN.</summary>
    public const double Impossible = -1e30;

    /// <summary>The widest vector has as many numbers.</summary>
    private const int Lanes = 8;

    [ThreadStatic]
    private static Arena<double>? _memoryOfThread;

    private readonly Arena<double> _arena;
    private readonly double* _scores, _weights;

    /// <summary>Takes the memory of the thread, which another lattice may have until then.</summary>
    /// <param name="tags">The number of tags.</param>
    /// <param name="steps">The most steps of a sequence.</param>
    public TagLattice(int tags, int steps)
    {
        _arena = _memoryOfThread ??= new();
        _arena.Reset();
        Tags = tags;
        Stride = StrideFor(tags);
        Transitions = new(tags, Stride, Take(tags), Take(tags));
        Reversed = new(tags, Stride, Take(tags), Take(tags));
        Start = Take(1);
        End = Take(1);
        Emissions = Take(steps);
        Alpha = TakeRows(steps);
        Beta = TakeRows(steps);
        _scores = TakeRows(1);
        _weights = TakeRows(1);
        Labels = (int*)_arena.Take(steps);
    }

    public int Tags { get; }

    public int Stride { get; }

    /// <summary>A.</summary>
    public TagMatrix Transitions { get; private init; }

    /// <summary>A, transposed.</summary>
    public TagMatrix Reversed { get; private init; }

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
        T* start = parameters + (nint)Tags * Tags, end = start + Tags;
        for (int i = 0; i < Tags; i++)
        {
            for (int j = 0; j < Tags; j++)
            {
                bool isAllowed = rules is null || rules.MayFollow(i, j);
                double score = isAllowed ? double.CreateTruncating(parameters[(nint)i * Tags + j]) : Impossible;
                Transitions.Row(i)[j] = Reversed.Row(j)[i] = score;
            }
            Start[i] = rules is null || rules.MayBegin(i) ? double.CreateTruncating(start[i]) : Impossible;
            End[i] = rules is null || rules.MayEnd(i) ? double.CreateTruncating(end[i]) : Impossible;
        }
        TagMatrix transitions = Transitions.ComputePowers();
        return this with { Transitions = transitions, Reversed = Reversed.TransposePowersOf(transitions) };
    }

    /// <summary>Computes <see cref="Alpha"/> and <see cref="Beta"/> of a sequence from its <see cref="Emissions"/>.</summary>
    /// <returns>The logarithm of the sum of exp(score) over all sequences of tags.</returns>
    public double Run(int steps)
    {
        double* sums = Beta;
        Add(Start, Emissions, Alpha);
        for (int t = 1; t < steps; t++)
        {
            Transitions.LogSum(Alpha + (nint)(t - 1) * Stride, _weights, sums);
            Add(sums, Emissions + (nint)t * Stride, Alpha + (nint)t * Stride);
        }
        double* last = Beta + (nint)(steps - 1) * Stride;
        new Span<double>(End, Stride).CopyTo(new(last, Stride));
        for (int t = steps - 1; t > 0; t--)
        {
            Add(Emissions + (nint)t * Stride, Beta + (nint)t * Stride, _scores);
            Reversed.LogSum(_scores, _weights, Beta + (nint)(t - 1) * Stride);
        }
        Add(Alpha + (nint)(steps - 1) * Stride, End, _scores);
        return LogSum(_scores);
    }

    /// <summary>After <see cref="Run"/>: the probability of each tag at a step [Stride], until the next call.</summary>
    public double* ComputeProbabilities(int t, double logSum)
    {
        double* alpha = Alpha + (nint)t * Stride, beta = Beta + (nint)t * Stride;
        for (int j = 0; j < Stride; j += Vector<double>.Count)
            Vector.Exp(Vector.Load(alpha + j) + Vector.Load(beta + j) - Vector.Create(logSum)).Store(_weights + j);
        return _weights;
    }

    /// <summary>The score of <see cref="Labels"/>.</summary>
    public double ScoreLabels(int steps)
    {
        double score = Start[Labels[0]] + End[Labels[steps - 1]];
        for (int t = 0; t < steps; t++)
        {
            score += Emissions[(nint)t * Stride + Labels[t]];
            score += t > 0 ? Transitions.Row(Labels[t - 1])[Labels[t]] : 0;
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

    /// <summary>A buffer of rows that holds whatever was there before.</summary>
    public double* TakeRows(int rows) => _arena.Take((nint)rows * Stride);

    private double* Take(int rows, double value)
    {
        double* taken = TakeRows(rows);
        new Span<double>(taken, checked(rows * Stride)).Fill(value);
        return taken;
    }

    private void Add(double* x, double* y, double* sum)
    {
        for (int j = 0; j < Stride; j += Vector<double>.Count)
            (Vector.Load(x + j) + Vector.Load(y + j)).Store(sum + j);
    }

    private double LogSum(double* x)
    {
        double largest = Transitions.Largest(x), sum = 0;
        for (int j = 0; j < Tags; j++)
            sum += Math.Exp(x[j] - largest);
        return largest + Math.Log(sum);
    }
}
