using System.Runtime.InteropServices;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>
/// Examples in memory, each with its fields, its labels and its weight: the data of a training, or the rows that are scored together.
/// </summary>
/// <param name="fields">The fields of an example.</param>
internal sealed class SequenceSet(IReadOnlyList<InputField> fields)
{
    private readonly ChunkedStore<float> _values = new();
    private readonly ChunkedStore<int> _tokens = new();
    private readonly ChunkedStore<float> _labels = new();
    private readonly List<Entry> _entries = [];

    /// <summary>The places of the fields: those of the first example, then those of the second, and so on.</summary>
    private readonly List<Slice> _places = [];

    /// <summary>The number of steps of the example that is being added; -1 before its first field with steps.</summary>
    private int _length = -1;

    /// <param name="features">The number of features of a step, or 0 where the steps are tokens.</param>
    public SequenceSet(int features)
        : this([new(InputField.OnlyName, Math.Max(1, features), features == 0 ? int.MaxValue : 0)])
    {
    }

    public IReadOnlyList<InputField> Fields => fields;

    /// <summary>The number of examples.</summary>
    public int Count => _entries.Count;

    /// <summary>The number of steps of all examples.</summary>
    public long Steps { get; private set; }

    /// <summary>About the memory that the examples take.</summary>
    public long Bytes => _values.Bytes + _tokens.Bytes + _labels.Bytes
        + (long)_entries.Capacity * Unsafe.SizeOf<Entry>() + (long)_places.Capacity * Unsafe.SizeOf<Slice>();

    /// <summary>Adds a sequence of numbers [steps, features] with its label.</summary>
    public void Add(ReadOnlySpan<float> steps, float label, float weight = 1) => Add(steps, [label], weight);

    /// <summary>Adds a sequence of tokens with its label.</summary>
    public void Add(ReadOnlySpan<int> tokens, float label, float weight = 1) => Add(tokens, [label], weight);

    /// <summary>Adds a sequence of numbers [steps, features].</summary>
    /// <param name="steps">The numbers.</param>
    /// <param name="labels">
    /// One label, or one for each step, of one or several values; NaN is a missing one. None where there is nothing to learn.
    /// </param>
    /// <param name="weight">The weight of each of its targets.</param>
    public void Add(ReadOnlySpan<float> steps, ReadOnlySpan<float> labels = default, float weight = 1)
    {
        AddField(steps);
        Complete(labels, weight);
    }

    /// <summary>
    /// Adds a sequence of tokens; labels and weight are those of <see cref="Add(ReadOnlySpan{float}, ReadOnlySpan{float}, float)"/>.
    /// </summary>
    public void Add(ReadOnlySpan<int> tokens, ReadOnlySpan<float> labels = default, float weight = 1)
    {
        AddField(tokens);
        Complete(labels, weight);
    }

    /// <summary>
    /// Adds the next field of an example, whose values are numbers: [steps, its size], [its size] where it is static, or
    /// [steps + Ahead, its size].
    /// </summary>
    /// <exception cref="ArgumentException">The field is tokens, or has another number of steps than those before.</exception>
    public void AddField(ReadOnlySpan<float> values)
    {
        InputField field = NextField(hasTokens: false);
        CheckLength(field, values.Length, "numbers");
        _places.Add(_values.Add(values));
    }

    /// <summary>
    /// Adds the next field of an example, whose values are tokens: for each step one token or the characters of a word; one token where the
    /// field is static.
    /// </summary>
    /// <exception cref="ArgumentException">The field is numbers, or has another number of steps than those before.</exception>
    public void AddField(ReadOnlySpan<int> tokens)
    {
        InputField field = NextField(hasTokens: true);
        CheckLength(field, tokens.Length, "tokens");
        _places.Add(_tokens.Add(tokens));
    }

    /// <summary>Ends an example, all of whose fields have been added.</summary>
    /// <param name="labels">
    /// One label, or one for each step, of one or several values; NaN is a missing one. None where there is nothing to learn.
    /// </param>
    /// <param name="weight">The weight of each of its targets.</param>
    /// <exception cref="InvalidOperationException">A field is missing.</exception>
    public void Complete(ReadOnlySpan<float> labels = default, float weight = 1) => Complete(labels, weight, weights: default);

    /// <summary>Ends an example whose labels have weights of their own.</summary>
    /// <param name="labels">The labels; NaN is a missing one.</param>
    /// <param name="weights">The weight of each label, above 0 unless the label is missing.</param>
    /// <exception cref="InvalidOperationException">A field is missing.</exception>
    public void Complete(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        Complete(labels, weight: 0, weights);
        Entry entry = _entries[^1];
        _entries[^1] = entry with { Weight = (float)(TotalWeight(Count - 1) / Math.Max(1, entry.Targets)) };
    }

    private void Complete(ReadOnlySpan<float> labels, float weight, ReadOnlySpan<float> weights)
    {
        if (_places.Count != (_entries.Count + 1) * fields.Count)
            throw new InvalidOperationException($"The field '{fields[_places.Count % fields.Count].Name}' of the example is missing.");
        int targets = 0, length = Math.Max(0, _length);
        foreach (float label in labels)
            targets += float.IsNaN(label) ? 0 : 1;
        _entries.Add(new(length, _labels.Add(labels), targets, weight, weights.IsEmpty ? default : _labels.Add(weights)));
        Steps += length;
        _length = -1;
    }

    /// <summary>The number of steps of an example.</summary>
    public int Length(int index) => _entries[index].Length;

    /// <summary>The label of the example, or those of its steps one after the other: [1 or steps, values of a label].</summary>
    public ReadOnlySpan<float> Labels(int index) => _labels[_entries[index].Labels];

    /// <summary>The number of values of labels that are not missing.</summary>
    public int TargetsOf(int index) => _entries[index].Targets;

    /// <summary>The weight of each target, or where they have weights of their own, the mean of these.</summary>
    public float Weight(int index) => _entries[index].Weight;

    /// <summary>The sum of the weights of all targets.</summary>
    public double TotalWeight(int index)
    {
        ReadOnlySpan<float> labels = Labels(index), weights = LabelWeights(index);
        if (weights.IsEmpty)
            return (double)Weight(index) * TargetsOf(index);
        double sum = 0;
        for (int i = 0; i < labels.Length; i++)
            sum += float.IsNaN(labels[i]) ? 0 : weights[i];
        return sum;
    }

    /// <summary>The weight of each label, as <see cref="Labels"/> has them. None where all targets have the same one.</summary>
    public ReadOnlySpan<float> LabelWeights(int index) =>
        _entries[index].LabelWeights is { Length: > 0 } place ? _labels[place] : default;

    /// <summary>The numbers of a field [steps, its size], or [its size] where it is static.</summary>
    public ReadOnlySpan<float> Values(int index, int field = 0) => _values[_places[index * fields.Count + field]];

    /// <summary>The tokens of a field: for each step one token or the characters of a word; one token where the field is static.</summary>
    public ReadOnlySpan<int> Tokens(int index, int field = 0) => _tokens[_places[index * fields.Count + field]];

    /// <summary>The values of a field as they lie in memory.</summary>
    public ReadOnlySpan<byte> BytesOf(int index, int field) =>
        fields[field].HasTokens ? MemoryMarshal.AsBytes(Tokens(index, field)) : MemoryMarshal.AsBytes(Values(index, field));

    /// <summary>Forgets the examples but keeps the memory.</summary>
    public void Clear()
    {
        _values.Clear();
        _tokens.Clear();
        _labels.Clear();
        _entries.Clear();
        _places.Clear();
        _length = -1;
        Steps = 0;
    }

    private InputField NextField(bool hasTokens)
    {
        InputField field = fields[_places.Count % fields.Count];
        if (field.HasTokens != hasTokens)
            throw new ArgumentException($"The steps of '{field.Name}' are {(hasTokens ? "numbers, not tokens" : "tokens, not numbers")}.");
        return field;
    }

    private void CheckLength(InputField field, int count, string noun)
    {
        if (count % field.Width != 0)
            throw new ArgumentException($"{count} {noun} are not whole steps of {field.Width}.");
        int length = count / field.Width;
        int expected = field.IsStatic ? 1 : _length < 0 ? -1 : _length + field.Ahead;
        if ((expected >= 0 && length != expected) || length < field.Ahead)
        {
            throw new ArgumentException(
                $"'{field.Name}' has {length} values for an example where {Math.Max(expected, field.Ahead)} are expected.");
        }
        if (!field.IsStatic)
            _length = length - field.Ahead;
    }

    private readonly record struct Entry(int Length, Slice Labels, int Targets, float Weight, Slice LabelWeights);
}
