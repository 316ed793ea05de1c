namespace MlNetRecurrent.Data;

/// <summary>Reads the example of the current row of a cursor, and rejects rows that a network cannot read.</summary>
/// <param name="row">The row.</param>
/// <param name="columns">The columns that are read.</param>
internal sealed class ExampleReader(DataViewRow row, InputColumns columns)
{
    private readonly SequenceFieldReader _first = SequenceFieldReader.Open(row, columns.First);
    private readonly FieldReader[] _others = [.. columns.All.Skip(1).Select(column => FieldReader.Open(row, column))];

    /// <summary>The number of steps of the current row.</summary>
    public int CountSteps() => _first.CountSteps();

    /// <summary>Adds the example of the current row to a set, with its labels and its weight.</summary>
    /// <param name="set">The set.</param>
    /// <param name="labels">The labels; NaN is a missing one.</param>
    /// <param name="weight">The weight of each label, where all have the same one.</param>
    /// <param name="weights">The weights of the labels, where they have weights of their own.</param>
    /// <exception cref="InvalidOperationException">The row has an incomplete step or a value that is not finite, or its columns differ in
    /// their numbers of steps.</exception>
    public void AddTo(
        SequenceSet set, ReadOnlySpan<float> labels = default, float weight = 1, ReadOnlySpan<float> weights = default)
    {
        _first.Read();
        foreach (FieldReader field in _others)
            field.Read();
        AddFields(set);
        if (weights.IsEmpty)
            set.Complete(labels, weight);
        else
            set.Complete(labels, weights);
    }

    /// <summary>Adds the example of the current row to a set, unless it is an incomplete window.</summary>
    /// <exception cref="InvalidOperationException">As <see cref="AddTo"/>.</exception>
    public bool TryAddTo(SequenceSet set)
    {
        if (!_first.TryReadWindow())
            return false;
        foreach (FieldReader field in _others)
        {
            if (!field.TryReadWindow())
                return false;
        }
        AddFields(set);
        set.Complete();
        return true;
    }

    private void AddFields(SequenceSet set)
    {
        foreach (FieldReader field in _others)
        {
            if (field.Steps is { } steps && steps != _first.Steps)
                throw ReportLengths(field, steps);
        }
        _first.AddTo(set);
        foreach (FieldReader field in _others)
            field.AddTo(set);
    }

    private InvalidOperationException ReportLengths(FieldReader field, int steps) => new(FormattableString.Invariant(
        $"Row {row.Position} (counted from 0) has {_first.Steps} steps in column '{columns.First.Name}' and {steps} in column ")
        + $"'{columns.All[1 + Array.IndexOf(_others, field)].Name}'; all feature columns of a row have the same number of steps.");
}
