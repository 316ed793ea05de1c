using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Scoring;

/// <summary>Reads some rows ahead, scores them as one batch, and then hands them out one by one.</summary>
internal sealed class ScoringCursor : DerivedCursor, IScoredRow
{
    private const int BatchSize = 64;

    /// <summary>Steps after which no more rows are read ahead, so that long sequences do not fill the memory.</summary>
    private const int MostSteps = 1 << 15;

    private readonly ScoringSchema _schema;
    private readonly ColumnBuffer?[] _passedThrough;
    private readonly Delegate[] _getters;
    private readonly long[] _batches = new long[BatchSize];
    private readonly DataViewRowId[] _ids = new DataViewRowId[BatchSize];
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly SequenceSet _sequences;
    private readonly SequenceReader? _reader;
    private readonly SequenceScorer? _scorer;
    private int _current = -1;
    private int _count;
    private long _position = -1;
    private bool _inputEnded;
    private ExceptionDispatchInfo? _failure;

    public ScoringCursor(ScoringSchema schema, DataViewRowCursor input, DataViewSchema.Column[] columns)
        : base(schema.Output, input, columns)
    {
        _schema = schema;
        _passedThrough = new ColumnBuffer?[schema.Input.Count];
        foreach (DataViewSchema.Column column in columns.Where(column => column.Index < schema.Input.Count))
            _passedThrough[column.Index] = ColumnBuffer.Of(input, schema.Input[column.Index], BatchSize);
        _idGetter = input.GetIdGetter();
        _sequences = new(schema.Model.Features.Features);
        if (schema.NeedsScores(columns))
        {
            _reader = SequenceReader.Of(input, schema.Model.Features);
            _scorer = SequenceScorer.For(schema.Model.Network, schema.Model.Inside.Parts);
        }
        _getters = [.. schema.Model.Columns.Select(column => column.MakeGetter(this))];
    }

    public ReadOnlyMemory<float> Outputs => Scored.Outputs(Current);

    public ReadOnlyMemory<float> Encoding => Scored.Encoding(Current);

    public ReadOnlyMemory<float> StackActions => Scored.StackActions(Current);

    public override long Position => _position;

    public override long Batch => _batches[Current];

    /// <summary>What has scored the current row.</summary>
    private SequenceScorer Scored => _scorer!.IsFinite(Current) ? _scorer : throw NotFinite.Score(_position);

    /// <summary>The place of the current row among those that were read ahead.</summary>
    private int Current => _current >= 0 ? _current : throw NoRow();

    protected override bool Move()
    {
        if (_current + 1 < _count)
        {
            _current++;
        }
        else if (!ReadAhead())
        {
            _current = -1;
            _position = -1;
            return false;
        }
        _position++;
        return true;
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = _ids[Current];

    /// <summary>Columns that are passed on are read ahead as well, so that none is the input's own.</summary>
    protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => null;

    protected override Delegate MakeGetter(DataViewSchema.Column column) => column.Index < _schema.Input.Count
        ? _passedThrough[column.Index]!.MakeGetter(() => Current)
        : _getters[column.Index - _schema.Input.Count];

    /// <summary>Reads and scores some rows. What goes wrong with a row is thrown when its turn comes, and from then on.</summary>
    private bool ReadAhead()
    {
        _sequences.Clear();
        _current = 0;
        _count = 0;
        while (_failure is null && _count < BatchSize && _sequences.Steps < MostSteps && TryReadRow())
            _count++;
        if (_count == 0)
        {
            _failure?.Throw();
            return false;
        }
        Score();
        return true;
    }

    private void Score()
    {
        try
        {
            _scorer?.Run(_sequences);
        }
        catch (Exception e)
        {
            // No row may be handed out with the scores of another.
            _failure = ExceptionDispatchInfo.Capture(e);
            _count = 0;
            _current = -1;
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
