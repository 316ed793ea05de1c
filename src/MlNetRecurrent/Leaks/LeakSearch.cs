namespace MlNetRecurrent.Leaks;

/// <summary>
/// Looks for slots that give the label away, row by row. Slots are counted from the end of a row, so that the last step is found in rows of
/// any length; slot 1 is the last.
/// </summary>
/// <param name="features">Numbers of a step.</param>
/// <param name="mostSlots">Slots that are looked at; at least the last step is.</param>
internal abstract class LeakSearch(int features, int mostSlots)
{
    private List<int> _candidates = [];
    private int _length;

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether no slot is left that could give the label away.</summary>
    public bool IsOver => Rows > 0 && _candidates.Count == 0;

    /// <summary>The slots that are left.</summary>
    protected IReadOnlyList<int> Candidates => _candidates;

    /// <summary>Numbers of a row, of which there are as many in all; 0 where rows differ.</summary>
    public int Length => _length;

    /// <summary>Looks at a row, or at a step with a label of its own.</summary>
    public void Look(ReadOnlySpan<float> numbers, float label)
    {
        if (Rows == 0)
        {
            _length = numbers.Length;
            _candidates = [.. Enumerable.Range(1, Math.Min(numbers.Length, Math.Max(features, mostSlots)))];
        }
        else if (numbers.Length != _length)
        {
            _length = 0;
            int most = Math.Min(features, numbers.Length);
            _candidates.RemoveAll(slot => slot > most);
        }
        Rows++;
        Begin(label);
        int kept = 0;
        for (int i = 0; i < _candidates.Count; i++)
        {
            int slot = _candidates[i];
            if (Holds(slot, numbers[^slot], label))
                _candidates[kept++] = slot;
        }
        _candidates.RemoveRange(kept, _candidates.Count - kept);
        End(numbers, label);
    }

    /// <summary>What was found; null where nothing was.</summary>
    /// <param name="names">The names of the slots.</param>
    public abstract Leak? Conclude(LeakNames names);

    protected virtual void Begin(float label)
    {
    }

    /// <summary>Whether a slot may still give the label away.</summary>
    protected abstract bool Holds(int slot, float number, float label);

    protected virtual void End(ReadOnlySpan<float> numbers, float label)
    {
    }
}
