using System.Runtime.ExceptionServices;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>Reads some rows ahead, scores as many of them together as need little memory, and returns them one by one.</summary>
internal sealed class ScoringCursor : DerivedCursor, IScoredRow
{
    private const int MostRows = 64;

    private readonly ScoringSchema _schema;
    private readonly ColumnBuffer?[] _passedThrough;
    private readonly Delegate[] _getters;
    private readonly ScoringMemory _memory;
    private readonly long _mostNumbers;
    private readonly int[] _places = [.. Enumerable.Range(0, MostRows)];
    private readonly long[] _batches = new long[MostRows];
    private readonly DataViewRowId[] _ids = new DataViewRowId[MostRows];
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly SequenceSet _sequences;
    private readonly ExampleReader? _reader;
    private readonly SequenceScorer? _scorer;
    private int _current = -1;
    private int _count, _scored;
    private long _position = -1;
    private bool _inputEnded, _hasEnded;
    private ExceptionDispatchInfo? _failure;

    public ScoringCursor(ScoringSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns)
        : base(schema, input, columns)
    {
        _schema = schema;
        _passedThrough = new ColumnBuffer?[schema.Input.Count];
        foreach (DataViewSchema.Column column in columns.Where(column => column.Index < schema.Input.Count))
            _passedThrough[column.Index] = ColumnBuffer.Of(input, schema.Input[column.Index], MostRows);
        _memory = new(schema.Model.Definition);
        // Each network has buffers of its own.
        _mostNumbers = ScoringMemory.Usual / schema.Model.NetworkCount;
        _idGetter = input.GetIdGetter();
        _sequences = new(schema.Model.Inputs.Fields);
        if (schema.MakesAny(columns))
        {
            _reader = new(input, schema.Model.Inputs);
            _scorer = schema.Model.NewScorer();
        }
        _getters = [.. schema.Model.Columns.Select(column => column.MakeGetter(this))];
    }

    public ReadOnlyMemory<float> Outputs => Scored.Outputs(Current);

    public ReadOnlyMemory<float> Inspect(string inspection) => Scored.Inspect(Current, inspection);

    public override long Position => _position;

    public override long Batch => _batches[Current];

    /// <summary>The scorer of the current row.</summary>
    private SequenceScorer Scored => _scorer!.IsFinite(Current) ? _scorer : throw NotFinite.Score(_position);

    /// <summary>The place of the current row among those that were read ahead.</summary>
    private int Current => _current >= 0 ? _current : throw NoRow();

    protected override bool Move()
    {
        int next = _current + 1;
        long position = _position + 1;
        // There is no row after an exception.
        _current = -1;
        _position = -1;
        if (_hasEnded)
            return false;
        if (next == _count)
        {
            ReadAhead();
            next = 0;
        }
        if (_count == 0)
        {
            _failure?.Throw();
            _hasEnded = true;
            return false;
        }
        if (next == _scored)
            Score(next);
        _current = next;
        _position = position;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Current];

    /// <summary>Columns that are passed on are read ahead as well, so that none is the input's own.</summary>
    protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

    protected override Delegate MakeGetter(DataViewSchema.Column column) => column.Index < _schema.Input.Count
        ? _passedThrough[column.Index]!.MakeGetter(() => Current)
        : _getters[column.Index - _schema.Input.Count];

    /// <summary>Reads some rows. An error in a row is thrown when the cursor reaches that row, and from then on.</summary>
    private void ReadAhead()
    {
        _sequences.Clear();
        _count = 0;
        _scored = 0;
        int most = _scorer is null ? 1 : MostRows;
        double numbers = 0;
        while (_failure is null && _count < most && numbers < _mostNumbers && TryReadRow())
        {
            if (_scorer is not null)
                numbers += _memory.OfSequence(_sequences.Length(_count));
            _count++;
        }
    }

    /// <summary>Scores the rows that were read, from <paramref name="first"/> on.</summary>
    private void Score(int first)
    {
        int count = _scorer is null
            ? _count
            : _memory.CountTogether(_sequences, _places.AsSpan(first, _count - first), _mostNumbers);
        try
        {
            _scorer?.Run(_sequences, first, count);
            _scored = first + count;
        }
        catch (Exception e)
        {
            // No row may be handed out with the scores of another.
            _failure = ExceptionDispatchInfo.Capture(e);
            _count = 0;
            throw;
        }
    }

    private bool TryReadRow()
    {
        try
        {
            if (_inputEnded || !Input.MoveNext())
            {
                _inputEnded = true;
                return false;
            }
            foreach (ColumnBuffer? buffer in _passedThrough)
                buffer?.Read(_count);
            _batches[_count] = Input.Batch;
            _idGetter(ref _ids[_count]);
            _reader?.AddTo(_sequences);
            return true;
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
            return false;
        }
    }
}
