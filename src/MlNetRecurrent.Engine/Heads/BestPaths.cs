namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// The list Viterbi algorithm (Seshadri and Sundberg 1994): finds several sequences of tags, those with the largest scores. The beginnings
/// of sequences that end with a tag are a list, best first, and its next step merges the lists of all tags. It takes
/// O(steps · tags² · paths).
/// </summary>
internal readonly unsafe ref struct BestPaths
{
    private readonly TagLattice _lattice;
    private readonly int _steps, _most;
    private readonly int* _next;

    /// <summary>
    /// [steps, most, stride]: where a list's item comes from, tag · most + place in the list of the step before; at first from the start.
    /// </summary>
    private readonly double* _sources;

    /// <summary>[most, stride], of which the first column counts: the scores and the sources of whole paths.</summary>
    private readonly double* _scores, _ends;

    /// <summary>Finds the paths. The first one is that of <see cref="BestPath"/>, also of equal ones.</summary>
    /// <param name="lattice">The scores, with the <see cref="TagLattice.Emissions"/> of the sequence.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    /// <param name="most">The largest number of paths.</param>
    public BestPaths(in TagLattice lattice, int steps, int most)
    {
        (_lattice, _steps, _most) = (lattice, steps, most);
        _next = (int*)lattice.Take(1);
        _sources = lattice.Take(checked(steps * most));
        _scores = lattice.Take(most);
        _ends = lattice.Take(most);
        double* before = lattice.Take(most), now = lattice.Take(most);
        for (int j = 0; j < lattice.Tags; j++)
            before[j] = IsPossible(lattice.Start[j]) ? lattice.Start[j] + lattice.Emissions[j] : TagLattice.Impossible;
        for (int t = 1; t < steps; t++)
        {
            double* x = lattice.Emissions + (nint)t * lattice.Stride, sources = SourcesOf(t);
            for (int j = 0; j < lattice.Tags; j++)
                Merge(before, lattice.Reversed.Row(j), x[j], now + j, sources + j);
            double* swapped = before;
            before = now;
            now = swapped;
        }
        Merge(before, lattice.End, 0, _scores, _ends);
        while (Count < most && IsPossible(Score(Count)))
            Count++;
    }

    /// <summary>The number of paths: fewer than asked for where no more are possible.</summary>
    public int Count { get; }

    /// <summary>The score of a path, the best of which has the number 0.</summary>
    public double Score(int path) => _scores[(nint)path * _lattice.Stride];

    /// <summary>Writes the tags of a path to <see cref="TagLattice.Labels"/>.</summary>
    public void Trace(int path)
    {
        var source = (long)_ends[(nint)path * _lattice.Stride];
        for (int t = _steps - 1; t >= 0; t--)
        {
            (long tag, long place) = Math.DivRem(source, _most);
            _lattice.Labels[t] = (int)tag;
            source = (long)SourcesOf(t)[(nint)place * _lattice.Stride + (nint)tag];
        }
    }

    private double* SourcesOf(int step) => _sources + (nint)step * _most * _lattice.Stride;

    private static bool IsPossible(double score) => score != TagLattice.Impossible;

    /// <summary>Merges the lists of all tags to the list of what follows them.</summary>
    /// <param name="before">[most, stride]: the scores of the lists.</param>
    /// <param name="into">[tags]: the score of what follows each tag.</param>
    /// <param name="added">A score that is added to all.</param>
    /// <param name="scores">[most, stride], of which the first column takes the scores of the list.</param>
    /// <param name="sources">The same for their sources.</param>
    private void Merge(double* before, double* into, double added, double* scores, double* sources)
    {
        int stride = _lattice.Stride;
        new Span<int>(_next, _lattice.Tags).Clear();
        for (int place = 0; place < _most; place++)
        {
            int best = FindBest(before, into, out double largest);
            scores[(nint)place * stride] = best < 0 ? TagLattice.Impossible : largest + added;
            if (best >= 0)
                sources[(nint)place * stride] = (double)best * _most + _next[best]++;
        }
    }

    /// <summary>The tag whose list has the best item that is left; the first of equal ones, and -1 where none is left.</summary>
    private int FindBest(double* before, double* into, out double largest)
    {
        int best = -1;
        largest = TagLattice.Impossible;
        for (int i = 0; i < _lattice.Tags; i++)
        {
            double score = _next[i] < _most && IsPossible(into[i]) ? before[(nint)_next[i] * _lattice.Stride + i] : TagLattice.Impossible;
            if (IsPossible(score) && (best < 0 || score + into[i] > largest))
                (best, largest) = (i, score + into[i]);
        }
        return best;
    }
}
