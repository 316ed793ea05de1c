namespace MlNetRecurrent.Engine.Batches;

/// <summary>Decides which sequences are set aside for validation, in one pass over them.</summary>
internal abstract class ValidationSplit
{
    /// <summary>Sets nothing aside.</summary>
    public static ValidationSplit None { get; } = new Last(int.MaxValue);

    /// <summary>Sets the last sequences aside.</summary>
    /// <param name="fraction">The part that is set aside.</param>
    /// <param name="count">All sequences.</param>
    public static ValidationSplit OfTheLast(double fraction, int count) => new Last(count - (int)Math.Round(fraction * count));

    /// <summary>Sets all sequences from one on aside.</summary>
    /// <param name="first">Its number.</param>
    public static ValidationSplit From(int first) => new Last(first);

    /// <summary>Sets the last sequences of each series aside.</summary>
    /// <param name="fraction">The part of each series that is set aside.</param>
    /// <param name="series">The series of each sequence, from 0.</param>
    public static ValidationSplit OfTheLastOfEach(double fraction, IReadOnlyList<int> series) => new LastOfEach(fraction, series);

    /// <summary>
    /// Sets aside one random sequence out of every 1/fraction consecutive ones, of each class separately where classes are kept apart.
    /// </summary>
    /// <param name="fraction">The part that is set aside.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <param name="byClass">Whether classes are kept apart.</param>
    /// <param name="keepsFirst">Whether the first sequence, of each class where they are kept apart, stays in the training.</param>
    public static ValidationSplit AtRandom(double fraction, int seed, bool byClass, bool keepsFirst = false) =>
        fraction > 0 ? new Random(fraction, seed, byClass, keepsFirst) : None;

    /// <summary>Whether the next sequence is set aside.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="labels">Its labels.</param>
    public abstract bool SetsAside(int row, ReadOnlySpan<float> labels);

    private sealed class Last(int first) : ValidationSplit
    {
        public override bool SetsAside(int row, ReadOnlySpan<float> labels) => row >= first;
    }

    private sealed class LastOfEach : ValidationSplit
    {
        private readonly bool[] _isSetAside;

        public LastOfEach(double fraction, IReadOnlyList<int> series)
        {
            int[] left = new int[series.Count == 0 ? 0 : series.Max() + 1];
            foreach (int one in series)
                left[one]++;
            for (int one = 0; one < left.Length; one++)
                left[one] = (int)Math.Round(fraction * left[one]);
            _isSetAside = new bool[series.Count];
            for (int row = series.Count - 1; row >= 0; row--)
                _isSetAside[row] = left[series[row]]-- > 0;
        }

        public override bool SetsAside(int row, ReadOnlySpan<float> labels) => _isSetAside[row];
    }

    private sealed class Random(double fraction, int seed, bool byClass, bool keepsFirst) : ValidationSplit
    {
        private readonly Dictionary<int, Stratum> _strata = [];

        public override bool SetsAside(int row, ReadOnlySpan<float> labels)
        {
            int stratum = byClass ? (int)labels[0] : 0;
            bool isFirst = !_strata.TryGetValue(stratum, out Stratum? rows);
            if (rows is null)
                _strata.Add(stratum, rows = new(Math.Min(fraction, 1 - fraction), SeedSequence.Derive(seed, SeedSequence.Split, stratum)));
            bool isChosen = rows.ChoosesNext() == fraction <= 0.5;
            return isChosen && !(isFirst && keepsFirst);
        }
    }

    /// <summary>Chooses one of each 1/fraction that go by; the fraction is at most a half.</summary>
    private sealed class Stratum
    {
        private readonly double _fraction;
        private readonly System.Random _random;
        private long _seen, _chosen, _next;

        public Stratum(double fraction, int seed)
        {
            _fraction = fraction;
            _random = new(seed);
            _next = Draw();
        }

        public bool ChoosesNext()
        {
            if (_seen++ != _next)
                return false;
            _chosen++;
            _next = Math.Max(_next + 1, Draw());
            return true;
        }

        private long Draw() => (long)((_chosen + _random.NextDouble()) / _fraction);
    }
}
