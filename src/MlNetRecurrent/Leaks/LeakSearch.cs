namespace MlNetRecurrent.Leaks;

/// <summary>
/// Searches for slots that reveal the label, row by row. Slots are counted from the end of a row, so that the last step is found in rows of
/// any length. Slot 1 is the last slot.
/// </summary>
/// <param name="features">The number of features per step.</param>
/// <param name="mostSlots">The maximum number of slots to search. The last step is always searched.</param>
internal abstract class LeakSearch(int features, int mostSlots)
{
    private List<int> _candidates = [];
    private int _length;

    /// <summary>The number of rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Whether no candidate is left.</summary>
    public bool IsOver => Rows > 0 && _candidates.Count == 0;

    /// <summary>The slots that can still reveal the label.</summary>
    protected IReadOnlyList<int> Candidates => _candidates;

    /// <summary>The number of values per row; 0 if it varies.</summary>
    public int Length => _length;

    /// <summary>Searches a row, or a step that has its own label.</summary>
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

    /// <summary>Returns the leak that was found, or null.</summary>
    /// <param name="names">The names of the slots.</param>
    public abstract Leak? Conclude(LeakNames names);

    protected virtual void Begin(float label)
    {
    }

    /// <summary>Whether a slot can still reveal the label.</summary>
    protected abstract bool Holds(int slot, float number, float label);

    protected virtual void End(ReadOnlySpan<float> numbers, float label)
    {
    }
}
