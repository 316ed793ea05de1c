using System.Runtime.InteropServices;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>Sequences in memory, each with its label and weight: the data of a training, or the rows that are scored together.</summary>
/// <param name="features">Features of a step, or 0 where the steps are tokens.</param>
internal sealed class SequenceSet(int features)
{
    private readonly ChunkedStore<float> _values = new();
    private readonly ChunkedStore<int> _tokens = new();
    private readonly ChunkedStore<float> _labels = new();
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Steps of all sequences together.</summary>
    public long Steps { get; private set; }

    /// <summary>About the memory that the sequences take.</summary>
    public long Bytes => _values.Bytes + _tokens.Bytes + _labels.Bytes + (long)_entries.Capacity * Unsafe.SizeOf<Entry>();

    /// <summary>Adds a sequence of numbers [steps, features] with its label.</summary>
    public void Add(ReadOnlySpan<float> steps, float label, float weight = 1) => Add(steps, [label], weight);

    /// <summary>Adds a sequence of tokens with its label.</summary>
    public void Add(ReadOnlySpan<int> tokens, float label, float weight = 1) => Add(tokens, [label], weight);

    /// <summary>Adds a sequence of numbers [steps, features].</summary>
    /// <param name="steps">The numbers.</param>
    /// <param name="labels">One label, or one for each step; NaN is a missing one. None where nothing is to be learned.</param>
    /// <param name="weight">The weight of each of its targets.</param>
    public void Add(ReadOnlySpan<float> steps, ReadOnlySpan<float> labels = default, float weight = 1)
    {
        if (features == 0 || steps.Length % features != 0)
            throw new ArgumentException($"{steps.Length} numbers are not whole steps of {features}.", nameof(steps));
        AddEntry(_values.Add(steps), steps.Length / features, labels, weight);
    }

    /// <summary>Adds a sequence of tokens, one a step, with labels and weight like those of a sequence of numbers.</summary>
    public void Add(ReadOnlySpan<int> tokens, ReadOnlySpan<float> labels = default, float weight = 1)
    {
        if (features != 0)
            throw new ArgumentException("The steps of this set are numbers, not tokens.", nameof(tokens));
        AddEntry(_tokens.Add(tokens), tokens.Length, labels, weight);
    }

    /// <summary>Steps of a sequence.</summary>
    public int Length(int index) => _entries[index].Length;

    /// <summary>The label of the sequence, or one for each step.</summary>
    public ReadOnlySpan<float> Labels(int index) => _labels[_entries[index].Labels];

    /// <summary>The number of labels that are not missing.</summary>
    public int TargetsOf(int index) => _entries[index].Targets;

    public float Weight(int index) => _entries[index].Weight;

    public ReadOnlySpan<float> Values(int index) => _values[_entries[index].Steps];

    public ReadOnlySpan<int> Tokens(int index) => _tokens[_entries[index].Steps];

    /// <summary>The steps of a sequence, numbers or tokens, as they lie in memory.</summary>
    public ReadOnlySpan<byte> BytesOfSteps(int index) =>
        features > 0 ? MemoryMarshal.AsBytes(Values(index)) : MemoryMarshal.AsBytes(Tokens(index));

    /// <summary>Forgets the sequences but keeps the memory.</summary>
    public void Clear()
    {
        _values.Clear();
        _tokens.Clear();
        _labels.Clear();
        _entries.Clear();
        Steps = 0;
    }

    private void AddEntry(Slice steps, int length, ReadOnlySpan<float> labels, float weight)
    {
        int targets = 0;
        foreach (float label in labels)
            targets += float.IsNaN(label) ? 0 : 1;
        _entries.Add(new(steps, length, _labels.Add(labels), targets, weight));
        Steps += length;
    }

    private readonly record struct Entry(Slice Steps, int Length, Slice Labels, int Targets, float Weight);
}
