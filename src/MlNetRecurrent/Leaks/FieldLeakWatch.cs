using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Leaks;

/// <summary>Compares labels with one of the columns that a network reads.</summary>
/// <param name="field">The place of the column among the fields of an example.</param>
/// <param name="column">The column.</param>
/// <param name="features">The content of the column.</param>
/// <param name="task">The task, which defines the labels.</param>
/// <param name="label">The names of the label column and of the columns it was copied from.</param>
/// <param name="report">Called at most once, with the leak that was found.</param>
internal sealed class FieldLeakWatch(
    int field, DataViewSchema.Column column, SequenceColumn features, RecurrentTask task, IReadOnlyCollection<string> label, Action<Leak> report)
{
    /// <summary>The number of rows, or of steps for a tagger, after which the search reports for the first time.</summary>
    private const int EnoughRows = 1000;

    /// <summary>
    /// The number of rows after which the search ends. If they show nothing, for example because they are sorted by label, more rows will
    /// not help.
    /// </summary>
    private const int MostRows = 10_000;

    private readonly int _features = features.HoldsTokens ? 1 : features.Features;
    private readonly float[] _tokens = features.HoldsTokens ? new float[ClassLeakSearch.MostSlots] : [];
    private LeakSearch? _search;

    /// <summary>Whether the search has ended.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Starts the search, before the first row of the data.</summary>
    public void Begin() => _search = task.HasClasses ? new ClassLeakSearch(_features) : new ValueLeakSearch(_features);

    /// <summary>Compares the labels and the sequence of a row.</summary>
    public void Look(SequenceSet sequences, int index)
    {
        ReadOnlySpan<float> labels = sequences.Labels(index);
        if (task.EveryStep)
        {
            for (int t = 0; t < labels.Length && !IsDone; t++)
            {
                if (float.IsNaN(labels[t]))
                    continue;
                int step = features.IsStatic ? 0 : t;
                if (features.HoldsTokens)
                    Look([sequences.Tokens(index, field)[step]], labels[t]);
                else
                    Look(sequences.Values(index, field).Slice(step * _features, _features), labels[t]);
            }
        }
        else if (features.HoldsTokens)
        {
            Look(LastTokens(sequences.Tokens(index, field)), labels[0]);
        }
        else
        {
            Look(sequences.Values(index, field), labels[0]);
        }
    }

    /// <summary>Ends the search, after the last row.</summary>
    public void End()
    {
        if (!IsDone && _search!.Rows > 0)
            Conclude(isLast: true);
    }

    private ReadOnlySpan<float> LastTokens(ReadOnlySpan<int> tokens)
    {
        int count = Math.Min(tokens.Length, _tokens.Length);
        Span<float> last = _tokens.AsSpan(0, count);
        for (int i = 0; i < count; i++)
            last[i] = tokens[tokens.Length - count + i];
        return last;
    }

    private void Look(ReadOnlySpan<float> numbers, float label)
    {
        _search!.Look(numbers, label);
        if (_search.IsOver)
            IsDone = true;
        else if (_search.Rows is EnoughRows or MostRows)
            Conclude(isLast: _search.Rows == MostRows);
    }

    private void Conclude(bool isLast)
    {
        string[] names = task.EveryStep ? [] : Data.SlotNames.Given(column);
        string step = features.IsStatic ? "the row" : task.EveryStep ? "the same step" : "the last step";
        Leak? leak = _search!.Conclude(new(_features, _search.Length, names, features.HoldsTokens, step, label));
        IsDone = isLast || leak is not null;
        if (leak is not null)
            report(leak);
    }
}
