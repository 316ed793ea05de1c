using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Scoring;

/// <summary>One row with the model's columns added, which are computed when they are asked for: what a PredictionEngine reads.</summary>
internal sealed class ScoringRow : DataViewRow, IScoredRow
{
    private readonly ScoringSchema _schema;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private readonly SequenceSet _sequence;
    private readonly SequenceReader? _reader;
    private readonly SequenceScorer? _scorer;
    private long _scored = -1;

    public ScoringRow(ScoringSchema schema, DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _schema = schema;
        _input = input;
        _active = new bool[schema.Output.Count];
        foreach (DataViewSchema.Column column in activeColumns)
            _active[column.Index] = true;
        _sequence = new(schema.Model.Features.Features);
        if (_active.AsSpan(schema.Input.Count).Contains(true))
        {
            _reader = SequenceReader.Of(input, schema.Model.Features);
            _scorer = SequenceScorer.For(schema.Model.Network, schema.Model.Inside.Parts);
        }
        _getters = [.. schema.Model.Columns.Select(column => column.MakeGetter(this))];
    }

    public ReadOnlyMemory<float> Outputs => Scored().Outputs(0);

    public ReadOnlyMemory<float> Encoding => Scored().Encoding(0);

    public ReadOnlyMemory<float> StackActions => Scored().StackActions(0);

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!_active[column.Index])
            throw new ArgumentOutOfRangeException(nameof(column), column.Name, $"Column '{column.Name}' is not active.");
        if (column.Index < _schema.Input.Count)
            return _input.GetGetter<TValue>(_schema.Input[column.Index]);
        return _getters[column.Index - _schema.Input.Count] as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}, not {typeof(TValue)}.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input.Dispose();
        base.Dispose(disposing);
    }

    private SequenceScorer Scored()
    {
        if (_scored != _input.Position)
        {
            _sequence.Clear();
            _reader!.AddTo(_sequence);
            _scorer!.Run(_sequence);
            if (!_scorer.IsFinite(0))
                throw NotFinite.Score(_input.Position);
            _scored = _input.Position;
        }
        return _scorer!;
    }
}
