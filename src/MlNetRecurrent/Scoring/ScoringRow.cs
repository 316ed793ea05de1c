using MlNetRecurrent.Engine.Training;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Scoring;

/// <summary>One row with the model's columns, which are computed on demand: the row that a PredictionEngine reads.</summary>
internal sealed class ScoringRow : DerivedRow, IScoredRow
{
    private readonly ScoringSchema _schema;
    private readonly Delegate[] _getters;
    private readonly SequenceSet _sequence;
    private readonly WindowExampleReader? _reader;
    private readonly SequenceScorer? _scorer;
    private MissingScore? _missing;
    private long? _scored;

    public ScoringRow(ScoringSchema schema, DataViewRow input, DataViewSchema.Column[] activeColumns)
        : base(schema, input, activeColumns)
    {
        _schema = schema;
        _sequence = new(schema.Model.Inputs.Fields);
        if (schema.MakesAny(activeColumns))
        {
            _reader = new(input, schema.Model.Inputs);
            _scorer = schema.Model.NewScorer();
        }
        _getters = [.. schema.Model.Columns.Select(column => column.MakeGetter(this))];
    }

    public ReadOnlyMemory<float> Outputs => Scored() ? _scorer!.Outputs(0) : _missing!.Outputs;

    public ReadOnlyMemory<float> Inspect(string inspection) => Scored() ? _scorer!.Inspect(0, inspection) : _missing!.Inspect(inspection);

    protected override Delegate MakeGetter(DataViewSchema.Column column) => _getters[column.Index - _schema.Input.Count];

    /// <summary>Scores the current row, unless it is of a window that has too few rows.</summary>
    private bool Scored()
    {
        long position = Input.Position;
        if (_scored != position)
        {
            _scored = null;
            _sequence.Clear();
            _missing = null;
            if (!_reader!.TryAddTo(_sequence))
            {
                _missing = new(_schema.Model, _reader.CountSteps(), position);
            }
            else
            {
                _scorer!.Run(_sequence);
                if (!_scorer.IsFinite(0))
                    throw KeptRow.Mark(NotFinite.Score(position));
            }
            _scored = position;
        }
        return _missing is null;
    }
}
