using System.Collections;
using System.Runtime.InteropServices;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>
/// Statistics of the data, gathered in one pass before a training: which sequences are set aside for validation, and the figures of the
/// others. They do not depend on whether the data is kept in memory.
/// </summary>
internal sealed class DataStatistics
{
    private const int AtATime = 1024;

    private readonly SequenceHash _trainingHash = new(), _validationHash = new();
    private LabelStatistics[] _labels;

    /// <summary>
    /// The moments of each field: those of all its numbers together, or of each of them where some may be unknown; none where a field is
    /// tokens.
    /// </summary>
    private readonly List<WeightedMoments[]> _fields = [];

    private readonly List<List<long>> _tokenCounts = [];
    private readonly List<bool> _areSteps = [];

    private DataStatistics(IEnumerable<bool> areClasses) =>
        _labels = [.. areClasses.Select(isClass => new LabelStatistics(isClass))];

    /// <summary>Sequences to learn from.</summary>
    public int Count { get; private set; }

    /// <summary>Steps of all of them together.</summary>
    public long Steps { get; private set; }

    /// <summary>The number of labels, one a sequence or one a step, without the missing ones. Each value of a vector counts.</summary>
    public long Targets { get; private set; }

    /// <summary>The sum of the weights of all targets.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>The mean weight of a target.</summary>
    public double MeanWeight => TotalWeight / Targets;

    /// <summary>The figures of each value of the labels.</summary>
    public IReadOnlyList<LabelStatistics> Labels => _labels;

    /// <summary>For labels that are one class: the weight of the targets of each class.</summary>
    public IReadOnlyList<double> ClassWeights => _labels[0].ClassWeights;

    /// <summary>The number of occurrences of each token of each field; none where a field is numbers.</summary>
    public IReadOnlyList<IReadOnlyList<long>> TokenCounts => _tokenCounts;

    /// <summary>
    /// The mean number of occurrences of a token in the steps, of the field whose tokens are rarest; 0 where no field has tokens.
    /// </summary>
    public double MeanTokenCount => _tokenCounts
        .Where((counts, i) => counts.Count > 0 && _areSteps[i])
        .Select(counts => (double)counts.Sum() / Math.Max(1, counts.Count(count => count > 0)))
        .DefaultIfEmpty()
        .Min();

    /// <summary>The weighted mean and standard deviation of each feature over all steps.</summary>
    /// <param name="feature">The number of the feature, counted over the fields of numbers.</param>
    public (double Mean, double Deviation) Feature(int feature)
    {
        foreach (WeightedMoments moments in _fields.SelectMany(field => field))
        {
            if (feature < moments.Count)
                return moments.Of(feature);
            feature -= moments.Count;
        }
        return default;
    }

    /// <summary>A hash of all sequences: of those to learn from in their order, and of those set aside in theirs.</summary>
    public ulong Hash => _trainingHash.Value ^ BitOperations.RotateLeft(_validationHash.Value, 1);

    /// <param name="source">The data. This method also sets its validation part.</param>
    /// <param name="hasClasses">Whether labels are numbers of classes.</param>
    /// <param name="split">Decides what is set aside.</param>
    /// <param name="labelSize">The number of values of a label.</param>
    public static DataStatistics Gather(SequenceSource source, bool hasClasses, ValidationSplit split, int labelSize = 1) =>
        Gather(source, Enumerable.Repeat(hasClasses, labelSize), split);

    /// <param name="source">The data. This method also sets its validation part.</param>
    /// <param name="areClasses">For each value of a label: whether it is the number of a class.</param>
    /// <param name="split">Decides what is set aside.</param>
    public static DataStatistics Gather(SequenceSource source, IEnumerable<bool> areClasses, ValidationSplit split)
    {
        var statistics = new DataStatistics(areClasses);
        var isSetAside = new BitArray(0);
        int row = 0;
        foreach ((SequenceSet sequences, ReadOnlyMemory<int> indices) in source.ReadAll(AtATime))
        {
            isSetAside.Length = row + indices.Length;
            foreach (int index in indices.Span)
            {
                if (split.SetsAside(row, sequences.Labels(index)))
                {
                    isSetAside[row] = true;
                    statistics._validationHash.Append(sequences, index);
                }
                else
                {
                    statistics.Add(sequences, index);
                }
                row++;
            }
        }
        source.SetAside(isSetAside, statistics._trainingHash.Value, statistics._validationHash.Value);
        return statistics;
    }

    /// <summary>Figures of sequences in memory, of which none is set aside.</summary>
    public static DataStatistics Of(SequenceSet sequences, bool hasClasses = false, int labelSize = 1) =>
        Gather(new MemorySource(sequences), hasClasses, ValidationSplit.None, labelSize);

    /// <summary>The same statistics with the figures of some values of the labels alone.</summary>
    /// <param name="first">The first value.</param>
    /// <param name="count">The number of values.</param>
    public DataStatistics OfLabels(int first, int count)
    {
        var statistics = (DataStatistics)MemberwiseClone();
        statistics._labels = _labels[first..(first + count)];
        return statistics;
    }

    /// <summary>The mean of a figure over the values of the labels, weighted with the labels that each of them has.</summary>
    /// <param name="figure">Computes the figure of a value, from its statistics and its place in the label.</param>
    public double MeanOfLabels(Func<LabelStatistics, int, double> figure)
    {
        double weight = _labels.Sum(label => label.Weight);
        return _labels.Select((label, slot) => label.Weight / weight * figure(label, slot)).Sum();
    }

    private void Add(SequenceSet sequences, int index)
    {
        double weight = sequences.Weight(index);
        _trainingHash.Append(sequences, index);
        Count++;
        Steps += sequences.Length(index);
        Targets += sequences.TargetsOf(index);
        TotalWeight += sequences.TotalWeight(index);
        for (int i = 0; i < sequences.Fields.Count; i++)
            AddField(sequences, index, i, weight);
        for (int slot = 0; slot < _labels.Length; slot++)
            _labels[slot].Add(sequences.Labels(index), sequences.LabelWeights(index), slot, _labels.Length, weight);
    }

    private void AddField(SequenceSet sequences, int index, int i, double weight)
    {
        InputField field = sequences.Fields[i];
        if (i == _fields.Count)
        {
            _fields.Add(CreateMoments(field));
            _tokenCounts.Add([]);
            _areSteps.Add(!field.IsStatic && field.Characters == 0);
        }
        if (field.HasTokens)
            CountTokens(sequences.Tokens(index, i), _tokenCounts[i]);
        else if (field.Ahead == 0)
            _fields[i][0].Add(sequences.Values(index, i), weight);
        else
            AddKnown(sequences.Values(index, i), _fields[i], weight);
    }

    private static WeightedMoments[] CreateMoments(InputField field) =>
        field.HasTokens ? []
        : field.Ahead == 0 ? [new(field.Size)]
        : [.. Enumerable.Range(0, field.Size).Select(_ => new WeightedMoments(1))];

    /// <summary>Adds the values of a field [steps, moments] without those that are not known.</summary>
    private static void AddKnown(ReadOnlySpan<float> values, WeightedMoments[] moments, double weight)
    {
        var known = new List<float>();
        for (int i = 0; i < moments.Length; i++)
        {
            known.Clear();
            for (int place = i; place < values.Length; place += moments.Length)
            {
                if (!float.IsNaN(values[place]))
                    known.Add(values[place]);
            }
            moments[i].Add(CollectionsMarshal.AsSpan(known), weight);
        }
    }

    private static void CountTokens(ReadOnlySpan<int> tokens, List<long> counts)
    {
        foreach (int token in tokens)
        {
            if (token >= counts.Count)
                CollectionsMarshal.SetCount(counts, token + 1);
            counts[token]++;
        }
    }
}
