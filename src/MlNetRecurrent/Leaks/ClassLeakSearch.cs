namespace MlNetRecurrent.Leaks;

/// <summary>
/// Searches for slots with one value per class. The class can be read from them, as from a key, a 0 or 1, or one-hot columns.
/// </summary>
internal sealed class ClassLeakSearch(int features) : LeakSearch(features, MostSlots)
{
    /// <summary>The maximum number of slots to search. The last step is always searched.</summary>
    public const int MostSlots = 1 << 12;

    /// <summary>The minimum number of rows whose class has occurred before. With fewer, the relation can be a coincidence.</summary>
    private const int FewestRepetitions = 20;

    /// <summary>The last values of the first row of each class.</summary>
    private readonly Dictionary<float, float[]> _rows = [];
    private float[]? _row;

    public override Leak? Conclude(LeakNames names)
    {
        if (_rows.Count < 2 || Rows - _rows.Count < FewestRepetitions)
            return null;
        List<int> varying = [.. Candidates.Where(slot => CountValues([slot]) > 1)];
        // A series whose steps follow from each other, such as the hours of the day, is known in advance.
        bool IsForeseen(int slot) => !names.IsOfRow(slot)
            && varying.Exists(other => names.AreOneSeries(slot, other) && _rows.Values.Any(row => row[^slot] != row[^other]));
        IEnumerable<int> meant = varying.Where(slot => names.IsOfTable(slot) || names.IsInLastStep(slot));
        List<int> telling = [.. meant.Where(slot => !IsForeseen(slot))];
        if (telling.Find(slot => CountValues([slot]) == _rows.Count) is > 0 and var one)
            return new(IsCertain: false, "is told, without exception, by", names.Describe(one), Rows);
        if (CountValues(telling) < _rows.Count)
            return null;
        string several = string.Join(", ", telling.Order().Take(3).Reverse().Select(names.Describe));
        string slots = telling.Count > 3 ? $"{several} and {telling.Count - 3} more" : several;
        return new(IsCertain: false, "is told, without exception, by", slots, Rows);
    }

    protected override void Begin(float label) => _row = _rows.GetValueOrDefault(label);

    protected override bool Holds(int slot, float number, float label) => _row is null || (slot <= _row.Length && _row[^slot] == number);

    protected override void End(ReadOnlySpan<float> numbers, float label)
    {
        if (_row is null)
            _rows.Add(label, numbers[^Math.Min(numbers.Length, Candidates.Count == 0 ? 0 : Candidates.Max())..].ToArray());
    }

    /// <summary>The number of classes that differ in these slots.</summary>
    private int CountValues(List<int> slots) =>
        _rows.Values.Select(row => string.Join(' ', slots.Select(slot => row[^slot]))).Distinct().Count();
}
