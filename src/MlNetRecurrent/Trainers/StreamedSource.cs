namespace MlNetRecurrent.Trainers;

/// <summary>Sequences that are read from a view again in each pass.</summary>
internal sealed class StreamedSource(TrainingColumns columns, Action checkCancelled) : SequenceSource
{
    private SequenceSet? _spare;
    private int? _count;

    public override int? Count => _count;

    /// <summary>The counts of the view's rows, after the first pass.</summary>
    public RowCounts? Counts { get; private set; }

    /// <summary>The series of each row to learn from, after the first pass; null where it is not needed.</summary>
    public IReadOnlyList<int>? Series { get; private set; }

    /// <summary>The number of rows before those of the validation view, after the first pass.</summary>
    public int CountBeforeValidation { get; private set; }

    public override int CountAll()
    {
        if (_count is null)
        {
            using var rows = new TrainingRows(columns, checkCancelled);
            int count = 0;
            while (rows.MoveNext())
                count = checked(count + 1);
            Series = rows.Series;
            CountBeforeValidation = rows.CountBeforeValidation;
            End(count, rows.Counts);
        }
        return _count!.Value;
    }

    protected override IEnumerable<SequenceGroup> Read(Func<int, bool> isWanted, int atATime, ulong? expectedHash)
    {
        SequenceSet group = Interlocked.Exchange(ref _spare, null) ?? new(columns.Inputs.Fields);
        group.Clear();
        int[] indices = [.. Enumerable.Range(0, atATime)];
        using var rows = new TrainingRows(columns, checkCancelled);
        var hash = new SequenceHash();
        int row = 0;
        for (; rows.MoveNext(); row = checked(row + 1))
        {
            if (row >= _count)
                throw Changed(rows.Counts);
            if (!isWanted(row))
                continue;
            rows.AddTo(group);
            hash.Append(group, group.Count - 1);
            if (group.Count == atATime)
            {
                yield return new(group, indices);
                group.Clear();
            }
        }
        End(row, rows.Counts);
        if (expectedHash is { } expected && expected != hash.Value)
            throw Changed(rows.Counts);
        if (group.Count > 0)
            yield return new(group, indices.AsMemory(0, group.Count));
        _spare = group;
    }

    private void End(int count, RowCounts counts)
    {
        Counts ??= counts;
        _count ??= count;
        if (count != _count)
            throw Changed(counts);
    }

    private InvalidOperationException Changed(RowCounts counts) => new(
        $"The training data changed while it was streamed: {Counts?.Rows} rows were read first, and now other ones, "
        + $"or in another order ({counts.Rows} rows so far). Data must be the same each time it is read; Cache keeps it.");
}
