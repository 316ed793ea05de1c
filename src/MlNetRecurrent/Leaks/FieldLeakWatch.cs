namespace MlNetRecurrent.Leaks;

/// <summary>
/// Compares labels with one of the columns that a network reads. Each slot of labels that are vectors is searched by itself.
/// </summary>
/// <param name="field">The place of the column among the fields of an example.</param>
/// <param name="column">The column.</param>
/// <param name="features">The content of the column.</param>
/// <param name="label">The labels.</param>
/// <param name="report">Called at most once, with the slot and the leak that was found.</param>
internal sealed class FieldLeakWatch(
    int field, DataViewSchema.Column column, SequenceColumn features, LabelSource label, Action<int, Leak> report)
{
    /// <summary>The number of rows, or of steps for a tagger, after which the search reports for the first time.</summary>
    private const int EnoughRows = 1000;

    /// <summary>
    /// The number of rows after which the search ends. If they show nothing, for example because they are sorted by label, more rows will
    /// not help.
    /// </summary>
    private const int MostRows = 10_000;

    /// <summary>The most slots of a label that are searched: each takes the time of a label of its own.</summary>
    private const int MostSlots = 64;

    private readonly int _features = features.HoldsTokens ? 1 : features.Features;
    private readonly float[] _tokens = features.HoldsTokens ? new float[ClassLeakSearch.MostSlots] : [];

    /// <summary>The searches of the slots; null where one has ended.</summary>
    private LeakSearch?[] _searches = [];

    /// <summary>Whether the search has ended.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Starts the search, before the first row of the data.</summary>
    public void Begin()
    {
        _searches = new LeakSearch?[Math.Min(label.Slots?.Count ?? 1, MostSlots)];
        for (int slot = 0; slot < _searches.Length; slot++)
            _searches[slot] = label.Task.HasClasses ? new ClassLeakSearch(_features) : new ValueLeakSearch(_features);
    }

    /// <summary>Compares the labels and the sequence of a row.</summary>
    public void Look(SequenceSet sequences, int index)
    {
        ReadOnlySpan<float> labels = sequences.Labels(index);
        if (label.Task.EveryStep)
        {
            for (int t = 0; t * label.Stride < labels.Length && !IsDone; t++)
            {
                float labelOfStep = labels[t * label.Stride + label.First];
                int step = features.IsStatic ? 0 : t;
                if (features.HoldsTokens)
                    Look(0, [sequences.Tokens(index, field)[step]], labelOfStep);
                else
                    Look(0, sequences.Values(index, field).Slice(step * _features, _features), labelOfStep);
            }
            return;
        }
        if (labels.IsEmpty)
            return;
        ReadOnlySpan<float> numbers = features.HoldsTokens ? LastTokens(sequences.Tokens(index, field)) : sequences.Values(index, field);
        for (int slot = 0; slot < _searches.Length && !IsDone; slot++)
            Look(slot, numbers, labels[label.First + slot]);
    }

    /// <summary>Ends the search, after the last row.</summary>
    public void End()
    {
        for (int slot = 0; slot < _searches.Length && !IsDone; slot++)
        {
            if (_searches[slot] is { Rows: > 0 } search)
                Conclude(slot, search, isLast: true);
        }
    }

    private ReadOnlySpan<float> LastTokens(ReadOnlySpan<int> tokens)
    {
        int count = Math.Min(tokens.Length, _tokens.Length);
        Span<float> last = _tokens.AsSpan(0, count);
        for (int i = 0; i < count; i++)
            last[i] = tokens[tokens.Length - count + i];
        return last;
    }

    private void Look(int slot, ReadOnlySpan<float> numbers, float value)
    {
        if (_searches[slot] is not { } search || float.IsNaN(value))
            return;
        search.Look(numbers, value);
        if (search.IsOver)
            End(slot);
        else if (search.Rows is EnoughRows or MostRows)
            Conclude(slot, search, isLast: search.Rows == MostRows);
    }

    private void Conclude(int slot, LeakSearch search, bool isLast)
    {
        string[] names = label.Task.EveryStep ? [] : SlotNames.Given(column);
        string step = features.IsStatic ? "the row" : label.Task.EveryStep ? "the same step" : "the last step";
        Leak? leak = search.Conclude(new(_features, search.Length, names, features.HoldsTokens, step, label.Names));
        if (leak is null && isLast)
            End(slot);
        if (leak is null)
            return;
        IsDone = true;
        report(slot, leak);
    }

    private void End(int slot)
    {
        _searches[slot] = null;
        IsDone = Array.TrueForAll(_searches, search => search is null);
    }
}
