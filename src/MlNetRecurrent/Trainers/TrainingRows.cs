using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using MlNetRecurrent.Leaks;
using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Trainers;

/// <summary>Reads once through the rows of a view that a network can learn from: those with a label and a weight above 0.</summary>
internal sealed class TrainingRows : IDisposable
{
    private readonly Action _checkCancelled;
    private TrainingColumns _columns;
    private DataViewRowCursor _cursor;
    private ExampleReader _reader;
    private LabelRow _labelRow;
    private ExampleWeights _weights;
    private GroupReader<StrongBox<int>>? _series;
    private LabelWatch? _watch;
    private bool _isOfValidation;
    private float[] _labels = [];
    private int _labelCount;

    public TrainingRows(TrainingColumns columns, Action checkCancelled)
    {
        _checkCancelled = checkCancelled;
        Open(columns);
    }

    /// <summary>The counts of the rows so far.</summary>
    public RowCounts Counts { get; private set; } = new(0, 0, 0);

    /// <summary>The number of rows to learn from so far that are not of the validation view.</summary>
    public int CountBeforeValidation { get; private set; }

    /// <summary>The series of each row to learn from, counted from 0; null where it is not needed.</summary>
    public List<int>? Series { get; private set; }

    [MemberNotNull(nameof(_columns), nameof(_cursor), nameof(_reader), nameof(_labelRow), nameof(_weights))]
    private void Open(TrainingColumns columns)
    {
        _columns = columns;
        _cursor = columns.View.GetRowCursor(columns.All);
        _reader = new(_cursor, columns.Inputs);
        _labelRow = new(_cursor, columns, _reader.CountSteps);
        _weights = ExampleWeights.Open(_cursor, columns);
        _watch = columns.Watch is { IsDone: false } watch ? watch : null;
        _watch?.Begin();
        if (columns.Series is not { } series)
            return;
        int count = 0;
        _series = GroupReader<StrongBox<int>>.Of(_cursor, series.Name, () => new(count++));
        Series = [];
    }

    /// <summary>Moves to the next row to learn from.</summary>
    /// <exception cref="InvalidOperationException">A row holds labels or weights that cannot be used.</exception>
    public bool MoveNext()
    {
        while (MoveToNextOfView() || MoveToValidation())
        {
            if (Counts.Rows % 256 == 0)
                _checkCancelled();
            Counts = Counts with { Rows = Counts.Rows + 1 };
            if (!ReadLabels())
                Counts = Counts with { WithoutLabel = Counts.WithoutLabel + 1 };
            else if (!_weights.Read(Labels))
                Counts = Counts with { WithoutWeight = Counts.WithoutWeight + 1 };
            else
            {
                _labelRow.Check(Labels);
                Series?.Add((_series!.Current() ?? throw _series.Missing(GroupNames.LeaveOut)).Value);
                if (!_isOfValidation)
                    CountBeforeValidation++;
                return true;
            }
        }
        return false;
    }

    /// <summary>Adds the sequence of the row to a set.</summary>
    /// <exception cref="InvalidOperationException">The row holds part of a step, or a number that is not finite, or the features of the
    /// rows so far reveal the labels.</exception>
    public void AddTo(SequenceSet sequences)
    {
        _reader.AddTo(sequences, Labels, _weights.OfRow, _weights.OfSteps);
        if (_watch is { IsDone: false })
            _watch.Look(sequences, sequences.Count - 1);
    }

    public void Dispose() => _cursor.Dispose();

    private bool MoveToNextOfView()
    {
        if (_cursor.MoveNext())
            return true;
        _watch?.End();
        return false;
    }

    /// <summary>Moves on to the rows of the validation view, if there is one.</summary>
    private bool MoveToValidation()
    {
        if (_columns.Validation is not { } validation)
            return false;
        _cursor.Dispose();
        _isOfValidation = true;
        Open(validation);
        return MoveToNextOfView();
    }

    private Span<float> Labels => _labels.AsSpan(0, _labelCount);

    /// <summary>Reads the labels of the row, and returns whether there is any.</summary>
    private bool ReadLabels()
    {
        ReadOnlySpan<float> labels = _labelRow.Read();
        if (_labels.Length < labels.Length)
            _labels = new float[labels.Length];
        labels.CopyTo(_labels);
        _labelCount = labels.Length;
        foreach (float label in labels)
        {
            if (!float.IsNaN(label))
                return true;
        }
        return false;
    }

}

/// <summary>The counts of a view's rows.</summary>
/// <param name="Rows">All rows.</param>
/// <param name="WithoutLabel">Rows that are left out because their label is missing.</param>
/// <param name="WithoutWeight">Rows that are left out because they weigh nothing.</param>
internal sealed record RowCounts(long Rows, long WithoutLabel, long WithoutWeight);
