namespace MlNetRecurrent.Engine.Batches;

/// <summary>Sequences in memory, each with its label and weight: the data of a training, or the rows that are scored together.</summary>
/// <param name="features">Features of a step, or 0 where the steps are tokens.</param>
internal sealed class SequenceSet(int features)
{
    private readonly ChunkedStore<float> _values = new();
    private readonly ChunkedStore<int> _tokens = new();
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Steps of all sequences together.</summary>
    public long Steps { get; private set; }

    /// <summary>The sum of the weights.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Adds a sequence of numbers [steps, features].</summary>
    public void Add(ReadOnlySpan<float> steps, float label = 0, float weight = 1)
    {
        if (features == 0 || steps.Length % features != 0)
            throw new ArgumentException($"{steps.Length} numbers are not whole steps of {features}.", nameof(steps));
        ChunkedStore<float>.Slice slice = _values.Add(steps);
        AddEntry(new(slice.Chunk, slice.Start, steps.Length / features, label, weight));
    }

    /// <summary>Adds a sequence of tokens.</summary>
    public void Add(ReadOnlySpan<int> tokens, float label = 0, float weight = 1)
    {
        if (features != 0)
            throw new ArgumentException("The steps of this set are numbers, not tokens.", nameof(tokens));
        ChunkedStore<int>.Slice slice = _tokens.Add(tokens);
        AddEntry(new(slice.Chunk, slice.Start, tokens.Length, label, weight));
    }

    /// <summary>Steps of a sequence.</summary>
    public int Length(int index) => _entries[index].Length;

    public float Label(int index) => _entries[index].Label;

    public float Weight(int index) => _entries[index].Weight;

    public ReadOnlySpan<float> Values(int index)
    {
        Entry entry = _entries[index];
        return _values[new(entry.Chunk, entry.Start, entry.Length * features)];
    }

    public ReadOnlySpan<int> Tokens(int index)
    {
        Entry entry = _entries[index];
        return _tokens[new(entry.Chunk, entry.Start, entry.Length)];
    }

    /// <summary>Forgets the sequences but keeps the memory.</summary>
    public void Clear()
    {
        _values.Clear();
        _tokens.Clear();
        _entries.Clear();
        Steps = 0;
        TotalWeight = 0;
    }

    private void AddEntry(Entry entry)
    {
        _entries.Add(entry);
        Steps += entry.Length;
        TotalWeight += entry.Weight;
    }

    private readonly record struct Entry(int Chunk, int Start, int Length, float Label, float Weight);
}
