namespace MlNetRecurrent.Leaks;

/// <summary>Searches for slots that equal a numeric label, or of which the label is a linear function, as after normalization.</summary>
internal sealed class ValueLeakSearch(int features) : LeakSearch(features, mostSlots: 1 << 16)
{
    /// <summary>The minimum number of distinct labels. Fewer may be classes, which a slot can equal by design.</summary>
    private const int FewestValues = 10;

    /// <summary>The minimum number of rows whose label has occurred before. It is required if there are few distinct labels.</summary>
    private const int FewestRepetitions = 20;

    /// <summary>The rounding error, relative to the largest value.</summary>
    private const double Rounding = 1e-6;

    /// <summary>The minimum range of a slot, in multiples of its rounding error. Smaller ranges are close to any line.</summary>
    private const double FewestRoundings = 100;

    private readonly HashSet<float> _labels = [];
    private (double Origin, double Slope, bool IsEqual, double Largest, double Spread)[] _lines = [];
    private double _origin, _distance, _nextDistance;

    public override Leak? Conclude(LeakNames names)
    {
        bool hasManyValues = _labels.Count >= FewestValues;
        if (_distance == 0 || (!hasManyValues && Rows - _labels.Count < FewestRepetitions))
            return null;

        // Without a name, an earlier step that equals the label may be the value that the network is meant to remember.
        bool IsMeant(int slot) => names.IsOfTable(slot) || names.IsInLastStep(slot);
        // A series that is constant, or grows by a constant, is known in advance.
        bool IsForeseen(int slot) => Candidates.Any(other => names.AreOneSeries(slot, other));
        List<int> equals = [.. Candidates.Where(slot => _lines[slot].IsEqual && IsMeant(slot) && !names.IsEarlierLabel(slot))];
        if (equals.Find(slot => !IsForeseen(slot)) is > 0 and var equal)
        {
            bool isEarlier = names.IsEarlier(equal);
            return new(hasManyValues && !isEarlier, "equals", names.Describe(equal), Rows, isEarlier);
        }

        // A value that is the same in all steps of a sequence may be the label, copied to each step.
        if (equals.Find(slot => !names.IsEarlier(slot)) is > 0 and var repeated)
            return new(hasManyValues && names.IsOfRow(repeated), "equals", names.Describe(repeated), Rows);
        bool IsLinear(int slot) => !names.IsEarlier(slot) && IsMeant(slot) && Varies(slot) && !IsForeseen(slot);
        if (_labels.Count > 2 && Candidates.FirstOrDefault(IsLinear) is > 0 and var linear)
            return new(hasManyValues && names.IsOfRow(linear), "is an exact linear function of", names.Describe(linear), Rows);
        return null;
    }

    protected override void Begin(float label)
    {
        if (Rows == 1)
        {
            _origin = label;
            _lines = new (double, double, bool, double, double)[Candidates.Count + 1];
        }
        _labels.Add(label);
        _nextDistance = label - (double)_origin;
    }

    protected override bool Holds(int slot, float number, float label)
    {
        (double origin, double slope, bool isEqual, double largest, double spread) = _lines[slot];
        isEqual &= number == label;
        if (Rows == 1)
        {
            _lines[slot] = (number, 0, number == label, Math.Abs(number), 0);
            return true;
        }
        double tolerance = Rounding * Math.Max(Math.Abs(origin), Math.Abs(number)), far = Math.Abs(_nextDistance / _distance);
        bool isFarther = !(far <= 2);
        // The error of a slope that is estimated from close labels grows with the distance of the label.
        bool fits = _nextDistance == 0 ? Math.Abs(number - origin) <= tolerance
            : _distance == 0 ? number != origin
            : Math.Abs(origin + slope * _nextDistance - number) <= tolerance * (1 + far);
        if (!fits)
            return false;
        slope = isFarther && _nextDistance != 0 ? (number - origin) / _nextDistance : slope;
        _lines[slot] = (origin, slope, isEqual, Math.Max(largest, Math.Abs(number)), Math.Max(spread, Math.Abs(number - origin)));
        return true;
    }

    private bool Varies(int slot) => _lines[slot].Spread > FewestRoundings * Rounding * _lines[slot].Largest;

    protected override void End(ReadOnlySpan<float> numbers, float label)
    {
        if (_distance == 0 || Math.Abs(_nextDistance) > 2 * Math.Abs(_distance))
            _distance = _nextDistance;
    }
}
