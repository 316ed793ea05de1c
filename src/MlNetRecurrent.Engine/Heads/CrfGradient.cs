namespace MlNetRecurrent.Engine.Heads;

/// <summary>
/// The gradients of the transitions from some tags, and of their scores at the start and the end: how often the model expects each of them,
/// less how often the labels have it.
/// </summary>
internal readonly unsafe ref struct CrfGradient
{
    /// <summary>The largest logarithm of a factor, whose product with others is exact enough.</summary>
    private const double LargestLogarithm = 600;

    private readonly TagLattice _lattice;
    private readonly CrfRecord _record;
    private readonly BatchShape _shape;
    private readonly int _first, _last;
    private readonly double* _transitions, _start, _end, _weights;

    /// <param name="lattice">The parameters.</param>
    /// <param name="record">The sums over sequences of tags.</param>
    /// <param name="shape">The batch.</param>
    /// <param name="first">The first tag.</param>
    /// <param name="last">The tag after the last.</param>
    public CrfGradient(in TagLattice lattice, in CrfRecord record, BatchShape shape, int first, int last)
    {
        (_lattice, _record, _shape, _first, _last) = (lattice, record, shape, first, last);
        _transitions = lattice.TakeZeros(last - first);
        _start = lattice.TakeZeros(1);
        _end = lattice.TakeZeros(1);
        _weights = lattice.TakeZeros(1);
    }

    /// <summary>Computes the gradients, in the same order for any range of tags, and adds them.</summary>
    public void AddTo<T>(T* gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int sequence = 0; sequence < _shape.Count; sequence++)
        {
            double factor = _record.Factors[sequence];
            if (factor == 0 || _shape.Lengths[sequence] == 0)
                continue;
            AddExpected(_record.All, sequence, factor);
            if (_record.ArePartial[sequence] != 0)
                AddExpected(_record.Known, sequence, -factor);
            else
                AddLabels(sequence, -factor);
        }
        int tags = _lattice.Tags;
        T* start = gradients + (nint)tags * tags, end = start + tags;
        for (int i = _first; i < _last; i++)
        {
            for (int j = 0; j < tags; j++)
                gradients[(nint)i * tags + j] += T.CreateTruncating(From(i)[j]);
            start[i] += T.CreateTruncating(_start[i]);
            end[i] += T.CreateTruncating(_end[i]);
        }
    }

    private double* From(int tag) => _transitions + (nint)(tag - _first) * _lattice.Stride;

    private void AddExpected(in PathSums sums, int sequence, double factor)
    {
        int steps = _shape.Lengths[sequence];
        double* first = sums.After(_shape.Row(0, sequence)), last = sums.Before(_shape.Row(steps - 1, sequence));
        for (int i = _first; i < _last; i++)
        {
            _start[i] += factor * Math.Exp(_lattice.Start[i] + first[i]);
            _end[i] += factor * Math.Exp(last[i] + _lattice.End[i] - sums.LogSum(sequence));
        }
        for (int t = 1; t < steps; t++)
        {
            double* before = sums.Before(_shape.Row(t - 1, sequence)), after = sums.After(_shape.Row(t, sequence));
            double largest = _lattice.Transitions.Largest(before), shift = largest + _lattice.Transitions.LargestScore;
            if (_lattice.Transitions.Largest(after) + shift < LargestLogarithm)
                AddProducts(before, after, largest, shift, factor);
            else
                AddExponentials(before, after, factor);
        }
    }

    /// <summary>Adds exp(before[i] + A[i, j] + after[j]) as products of exponentials of each.</summary>
    private void AddProducts(double* before, double* after, double largest, double shift, double factor)
    {
        int stride = _lattice.Stride;
        for (int j = 0; j < stride; j += Vector<double>.Count)
            Vector.Exp(Vector.Load(after + j) + Vector.Create(shift)).Store(_weights + j);
        for (int i = _first; i < _last; i++)
        {
            double* powers = _lattice.Transitions.PowersOf(i), gradient = From(i);
            var weight = Vector.Create(factor * Math.Exp(before[i] - largest));
            for (int j = 0; j < stride; j += Vector<double>.Count)
                (Vector.Load(gradient + j) + weight * Vector.Load(powers + j) * Vector.Load(_weights + j)).Store(gradient + j);
        }
    }

    /// <summary>The same where the factors would overflow.</summary>
    private void AddExponentials(double* before, double* after, double factor)
    {
        int stride = _lattice.Stride;
        var scale = Vector.Create(factor);
        for (int i = _first; i < _last; i++)
        {
            double* scores = _lattice.Transitions.Row(i), gradient = From(i);
            for (int j = 0; j < stride; j += Vector<double>.Count)
            {
                Vector<double> logarithm = Vector.Create(before[i]) + Vector.Load(scores + j) + Vector.Load(after + j);
                (Vector.Load(gradient + j) + scale * Vector.Exp(logarithm)).Store(gradient + j);
            }
        }
    }

    private void AddLabels(int sequence, double factor)
    {
        int steps = _shape.Lengths[sequence], before = _record.Labels[_shape.Row(0, sequence)];
        if (IsMine(before))
            _start[before] += factor;
        for (int t = 1; t < steps; t++)
        {
            int label = _record.Labels[_shape.Row(t, sequence)];
            if (IsMine(before))
                From(before)[label] += factor;
            before = label;
        }
        if (IsMine(before))
            _end[before] += factor;
    }

    private bool IsMine(int tag) => tag >= _first && tag < _last;
}
