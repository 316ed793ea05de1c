using System.Globalization;

namespace MlNetRecurrent.Trainers;

/// <summary>The data of a training: in memory where it is small enough, and otherwise read again in each epoch.</summary>
internal sealed class TrainingData
{
    private readonly TrainingColumns _columns;
    private readonly Action _checkCancelled;
    private readonly int _seen;
    private readonly RowCounts? _counts;
    private readonly IReadOnlyList<int>? _series;

    private readonly int _countBeforeValidation;

    /// <param name="columns">The columns to read.</param>
    /// <param name="source">The sequences.</param>
    /// <param name="rows">The reader of the rows, where they are in memory.</param>
    /// <param name="seen">The rows to learn from that were read so far.</param>
    /// <param name="checkCancelled">Called repeatedly; it may throw to stop the reading.</param>
    private TrainingData(TrainingColumns columns, SequenceSource source, TrainingRows? rows, int seen, Action checkCancelled)
    {
        _columns = columns;
        _checkCancelled = checkCancelled;
        _seen = seen;
        Source = source;
        _counts = rows?.Counts;
        _series = rows?.Series;
        _countBeforeValidation = rows?.CountBeforeValidation ?? 0;
    }

    public SequenceSource Source { get; }

    public bool IsStreamed => Source is StreamedSource;

    /// <summary>The counts of the view's rows, after a whole pass.</summary>
    public RowCounts Counts => _counts ?? ((StreamedSource)Source).Counts!;

    /// <summary>The series of each row to learn from, where it is needed and all rows are counted.</summary>
    public IReadOnlyList<int>? Series => IsStreamed ? ((StreamedSource)Source).Series : _series;

    /// <summary>Whether there is a separate validation view.</summary>
    public bool HasValidationView => _columns.Validation is not null;

    /// <summary>The number of rows before those of the validation view, where all rows are counted.</summary>
    public int CountBeforeValidation => IsStreamed ? ((StreamedSource)Source).CountBeforeValidation : _countBeforeValidation;

    /// <summary>Reads a view, until it is too large for the memory.</summary>
    /// <param name="columns">The columns to read.</param>
    /// <param name="mostBytes">The most memory that the data may take.</param>
    /// <param name="checkCancelled">Called repeatedly; it may throw to stop the reading.</param>
    /// <exception cref="InvalidOperationException">A row holds what no network can learn from.</exception>
    public static TrainingData Open(TrainingColumns columns, long mostBytes, Action checkCancelled)
    {
        int seen = 0;
        if (mostBytes > 0)
        {
            var sequences = new SequenceSet(columns.Inputs.Fields);
            using var rows = new TrainingRows(columns, checkCancelled);
            while (sequences.Bytes <= mostBytes)
            {
                if (!rows.MoveNext())
                    return new(columns, new MemorySource(sequences), rows, sequences.Count, checkCancelled);
                rows.AddTo(sequences);
            }
            seen = sequences.Count;
        }
        return new(columns, new StreamedSource(columns, checkCancelled), rows: null, seen, checkCancelled);
    }

    /// <summary>
    /// Whether there are at least so many rows to learn from. Where that is not known yet, no more rows than these are read.
    /// </summary>
    /// <param name="count">The number of rows.</param>
    public bool HasAtLeast(int count)
    {
        if (Source.Count is { } all)
            return all >= count;
        if (_seen >= count)
            return true;
        using var rows = new TrainingRows(_columns, _checkCancelled);
        int found = 0;
        while (found < count && rows.MoveNext())
            found++;
        return found == count;
    }

    /// <summary>Throws where there is nothing to learn from, or nothing to validate on.</summary>
    /// <param name="validationFraction">The part that was to be set aside.</param>
    /// <param name="why">The name of the option because of which something is set aside.</param>
    /// <param name="whole">The rows from which it is set aside.</param>
    /// <exception cref="InvalidOperationException">A part is empty.</exception>
    public void ThrowIfEmpty(double validationFraction, string why, string whole)
    {
        int all = Source.Count!.Value;
        if (_columns.Validation is not null)
        {
            ThrowIfPartIsEmpty(DataPart.Training, "training data");
            ThrowIfPartIsEmpty(DataPart.Validation, "validation data");
            return;
        }
        if (all == 0 && Counts.WithoutWeight > 0)
        {
            throw new InvalidOperationException(
                $"All {Counts.WithoutWeight} rows with a label have the weight 0 in column '{_columns.Weight?.Name}': "
                + "there is nothing to learn from.");
        }
        if (all == 0)
            throw new InvalidOperationException(Counts.Rows == 0
                ? NoRows(WindowAnnotation.Find(_columns.View.Schema))
                : $"None of the {Counts.Rows} rows of the training data has a label in {_columns.Labels.Names}.");
        DataPart[] parts = validationFraction > 0 ? [DataPart.Training, DataPart.Validation] : [DataPart.Training];
        foreach (DataPart part in parts)
        {
            if (Source.CountOf(part) == 0)
            {
                string name = part == DataPart.Training ? "training" : "validation";
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The training data has {all} rows with a label. {why} sets {100 * validationFraction:G4}% of {whole} aside "
                    + $"for validation, and none is left for the {name}."));
            }
        }
    }

    private void ThrowIfPartIsEmpty(DataPart part, string name)
    {
        if (Source.CountOf(part) == 0)
            throw new InvalidOperationException($"The {name} has no row with a label in {_columns.Labels.Names}.");
    }

    private static string NoRows(WindowAnnotation? windows)
    {
        const string noRows = "The training data has no rows.";
        if (windows is null)
            return $"{noRows} (A SlidingWindow leaves out the rows that have not enough others before them.)";
        string series = windows.GroupColumnName is { } group ? $"series in column '{group}'" : "a table";
        string needed = FormattableString.Invariant($"{series} of at least {windows.ShortestSeries} rows, and there is none.");
        return FormattableString.Invariant($"{noRows} Windows of {windows.WindowSize} rows, horizon {windows.Horizon}, need {needed}");
    }
}
