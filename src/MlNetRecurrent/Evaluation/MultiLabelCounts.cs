namespace MlNetRecurrent.Evaluation;

/// <summary>Counts labels and predictions row by row, and computes the metrics.</summary>
/// <param name="labels">The number of labels of a row, each yes or no.</param>
internal sealed class MultiLabelCounts(int labels)
{
    private readonly long[] _known = new long[labels], _support = new long[labels];
    private readonly long[] _predicted = new long[labels], _right = new long[labels];
    private long _rows, _rightRows, _wrong, _labelsOfRow, _wrongOfRow;

    /// <summary>The number of rows with a label so far.</summary>
    public long Rows => _rows;

    /// <param name="slot">The place of the label in the row.</param>
    /// <param name="isPositive">The true label.</param>
    /// <param name="isPredicted">The predicted label.</param>
    public void AddLabel(int slot, bool isPositive, bool isPredicted)
    {
        _labelsOfRow++;
        _known[slot]++;
        _support[slot] += isPositive ? 1 : 0;
        _predicted[slot] += isPredicted ? 1 : 0;
        _right[slot] += isPositive && isPredicted ? 1 : 0;
        _wrongOfRow += isPositive == isPredicted ? 0 : 1;
    }

    /// <summary>Counts the labels since the last call as one row, if there are any.</summary>
    public void EndRow()
    {
        if (_labelsOfRow > 0)
        {
            _rows++;
            _rightRows += _wrongOfRow == 0 ? 1 : 0;
            _wrong += _wrongOfRow;
        }
        _labelsOfRow = _wrongOfRow = 0;
    }

    /// <summary>Computes the metrics. They are numbers if there is at least one row with a label.</summary>
    public MultiLabelClassificationMetrics ToMetrics(string[] names)
    {
        LabelClassificationMetrics[] perLabel =
            [.. names.Select((name, i) => new LabelClassificationMetrics(name, _known[i], _support[i], _predicted[i], _right[i]))];
        long occurrences = _support.Sum() + _predicted.Sum();
        return new(perLabel)
        {
            MicroF1 = occurrences == 0 ? 0 : 2.0 * _right.Sum() / occurrences,
            MacroF1 = perLabel.Where(label => label.Support + label.Predicted > 0).Select(label => label.F1).DefaultIfEmpty().Average(),
            SubsetAccuracy = (double)_rightRows / _rows,
            HammingLoss = (double)_wrong / _known.Sum(),
            NumberOfRows = _rows,
        };
    }
}
