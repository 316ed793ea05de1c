using System.Globalization;

namespace MlNetRecurrent.Evaluation;

/// <summary>Evaluates scored sequences in one pass, and rejects rows whose columns do not match.</summary>
internal sealed class TaggingEvaluator
{
    /// <summary>The rounding error that a probability of 1 can have.</summary>
    private const float Rounding = 1e-3f;

    private readonly TaggingColumns _columns;
    private readonly TaggingCounts _counts;
    private readonly DataViewRow _row;
    private readonly KeyReader.VectorGetter _readLabels, _readPredictions;
    private readonly ValueGetter<VBuffer<float>> _readScores;
    private int[] _labels = [], _predictions = [];
    private VBuffer<float> _scores;

    private TaggingEvaluator(DataViewRow row, TaggingColumns columns, TaggingCounts counts)
    {
        _columns = columns;
        _counts = counts;
        _row = row;
        _readLabels = KeyReader.Vector(row, columns.Label);
        _readPredictions = KeyReader.Vector(row, columns.Predicted);
        _readScores = row.GetGetter<VBuffer<float>>(columns.Score);
    }

    /// <exception cref="InvalidOperationException">The columns of a row do not match, or no step has a label.</exception>
    public static SequenceTaggingMetrics Evaluate(IDataView data, TaggingColumns columns)
    {
        var counts = new TaggingCounts(columns.Names.Length);
        using DataViewRowCursor cursor = data.GetRowCursor([columns.Label, columns.Predicted, columns.Score]);
        var evaluator = new TaggingEvaluator(cursor, columns, counts);
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
            evaluator.CountRow();
        if (counts.Steps == 0)
        {
            throw new InvalidOperationException(rows == 0
                ? "The data to evaluate has no rows."
                : $"No step of the {rows} rows to evaluate has a label in column '{columns.Label.Name}'.");
        }
        return counts.ToMetrics(columns.Names);
    }

    private void CountRow()
    {
        int steps = _readLabels(ref _labels), predicted = _readPredictions(ref _predictions);
        _readScores(ref _scores);
        VectorLength.ThrowIfOther(_row, _columns.Score, _scores.Length, "Score column");
        if (steps != predicted)
        {
            throw new InvalidOperationException(
                $"Row {_row.Position} (counted from 0) has {steps} labels in column '{_columns.Label.Name}' but {predicted} predicted " +
                $"labels in column '{_columns.Predicted.Name}'.");
        }
        if (_scores.Length != (long)steps * _columns.Classes)
        {
            throw new InvalidOperationException(
                $"Score column '{_columns.Score.Name}': row {_row.Position} (counted from 0) holds a vector of length {_scores.Length}; " +
                $"{steps} steps of {_columns.Classes} classes are {(long)steps * _columns.Classes}.");
        }
        for (int step = 0; step < steps; step++)
        {
            if (_labels[step] == 0)
                continue;
            int label = CheckedKey("Label", _columns.Label, _labels, step);
            _counts.AddStep(label, CheckedKey("Predicted label", _columns.Predicted, _predictions, step), Probability(step));
        }
        _counts.EndSequence();
    }

    private int CheckedKey(string role, DataViewSchema.Column column, int[] keys, int step) => keys[step] <= _columns.Names.Length
        ? keys[step]
        : throw new InvalidOperationException(
            $"{role} column '{column.Name}': {At(step)} holds key {keys[step]}, beyond the {_columns.Names.Length} of its type.");

    private double Probability(int step)
    {
        int label = _labels[step];
        if (label > _columns.Classes)
        {
            throw new InvalidOperationException(
                $"Label column '{_columns.Label.Name}': {At(step)} holds key {label}, but score column '{_columns.Score.Name}' has " +
                $"{_columns.Classes} classes.");
        }
        float probability = _scores.GetItemOrDefault(step * _columns.Classes + label - 1);
        return probability is >= 0 and <= 1 + Rounding
            ? probability
            : throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Score column '{_columns.Score.Name}': {At(step)} gives class {label} the score {probability}; " +
                $"expected a probability, in 0..1."));
    }

    private string At(int step) => $"row {_row.Position}, step {step} (both counted from 0)";
}
