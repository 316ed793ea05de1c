namespace MlNetRecurrent.Leaks;

/// <summary>Looks for slots that a label that is a number equals, or of which it is a linear function, as after a normalizer.</summary>
internal sealed class ValueLeakSearch(int features) : LeakSearch(features, mostSlots: 1 << 16)
{
    /// <summary>Labels of fewer values may be classes, which a slot may well equal.</summary>
    private const int FewestValues = 10;

    /// <summary>Rows of labels that were met before, without which few values prove nothing.</summary>
    private const int FewestRepetitions = 20;

    /// <summary>What rounding may add, as a part of the largest number.</summary>
    private const double Rounding = 1e-6;

    /// <summary>Numbers that vary by fewer times what rounding may add are near any line.</summary>
    private const double FewestRoundings = 100;

    private readonly HashSet<float> _labels = [];
    private (double Origin, double Slope, bool IsEqual, double Largest, double Spread)[] _lines = [];
    private double _origin, _distance, _nextDistance;

    public override Leak? Conclude(LeakNames names)
    {
        bool hasManyValues = _labels.Count >= FewestValues;
        if (_distance == 0 || (!hasManyValues && Rows - _labels.Count < FewestRepetitions))
            return null;

        // Without a name, an earlier step that equals the label may be the number that the network is to remember.
        bool IsMeant(int slot) => names.IsOfTable(slot) || names.IsInLastStep(slot);
        // A series that stands still, or grows by the same in each step, is known beforehand.
        bool IsForeseen(int slot) => Candidates.Any(other => names.AreOneSeries(slot, other));
        List<int> equals = [.. Candidates.Where(slot => _lines[slot].IsEqual && IsMeant(slot) && !names.IsEarlierLabel(slot))];
        if (equals.Find(slot => !IsForeseen(slot)) is > 0 and var equal)
        {
            bool isEarlier = names.IsEarlier(equal);
            return new(hasManyValues && !isEarlier, "equals", names.Describe(equal), Rows, isEarlier);
        }

        // The same in all steps of a sequence: it may be the label, which was beside each of them.
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
        // A slope that is known from labels near each other is known the less well, the farther the label is.
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
