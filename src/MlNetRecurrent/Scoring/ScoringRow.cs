using Microsoft.ML;
using MlNetRecurrent.Data;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Scoring;

/// <summary>One row with the model's columns added, which are computed when they are asked for: what a PredictionEngine reads.</summary>
internal sealed class ScoringRow : DerivedRow, IScoredRow
{
    private readonly ScoringSchema _schema;
    private readonly Delegate[] _getters;
    private readonly SequenceSet _sequence;
    private readonly SequenceReader? _reader;
    private readonly SequenceScorer? _scorer;
    private long _scored = -1;

    public ScoringRow(ScoringSchema schema, DataViewRow input, DataViewSchema.Column[] activeColumns)
        : base(schema.Output, input, activeColumns)
    {
        _schema = schema;
        _sequence = new(schema.Model.Features.Features);
        if (schema.NeedsScores(activeColumns))
        {
            _reader = SequenceReader.Of(input, schema.Model.Features);
            _scorer = SequenceScorer.For(schema.Model.Network, schema.Model.Inside.Parts);
        }
        _getters = [.. schema.Model.Columns.Select(column => column.MakeGetter(this))];
    }

    public ReadOnlyMemory<float> Outputs => Scored().Outputs(0);

    public ReadOnlyMemory<float> Encoding => Scored().Encoding(0);

    public ReadOnlyMemory<float> StackActions => Scored().StackActions(0);

    protected override DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => _schema.SourceOf(column);

    protected override Delegate MakeGetter(DataViewSchema.Column column) => _getters[column.Index - _schema.Input.Count];

    private SequenceScorer Scored()
    {
        if (_scored != Input.Position)
        {
            _sequence.Clear();
            _reader!.AddTo(_sequence);
            _scorer!.Run(_sequence);
            if (!_scorer.IsFinite(0))
                throw NotFinite.Score(Input.Position);
            _scored = Input.Position;
        }
        return _scorer!;
    }
}
