namespace MlNetRecurrent.Evaluation;

/// <summary>Reads labels that are vectors and their predictions, row by row, and rejects columns that do not match.</summary>
internal static class VectorEvaluator
{
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The columns have different slots or lengths, a value cannot be evaluated, or no row has
    /// a label.</exception>
    public static VectorRegressionMetrics EvaluateValues(IDataView data, string labelName, string scoreName)
    {
        VectorColumns columns = VectorColumns.Find(
            data, labelName, NumberDataViewType.Single.Equals, "Single", scoreName, NumberDataViewType.Single, "score");
        string[] names = columns.Names;
        var errors = new SlotErrors[names.Length];
        using DataViewRowCursor cursor = data.GetRowCursor([columns.Label, columns.Predicted]);
        LabelReader readLabels = NumberLabels.ReadFinite(cursor, columns.Label, columns.Slots, use: "evaluate");
        LabelReader readScores = NumberLabels.Read(cursor, columns.Predicted);
        long rows = 0, known = 0;
        for (; cursor.MoveNext(); rows++)
        {
            ReadOnlySpan<float> labels = readLabels(), scores = readScores();
            columns.ThrowIfOtherLength(cursor, labels.Length, scores.Length);
            bool isKnown = false;
            for (int i = 0; i < labels.Length; i++)
            {
                if (float.IsNaN(labels[i]))
                    continue;
                errors[columns.SlotOf(i)].Add(labels[i], scores[i]);
                isKnown = true;
            }
            known += isKnown ? 1 : 0;
        }
        ThrowIfNone(known, rows, columns.Label);
        return new([.. errors.Select((slot, i) => slot.ToMetrics(names[i]))]) { NumberOfRows = known };
    }

    /// <inheritdoc cref="EvaluateValues"/>
    public static MultiLabelClassificationMetrics EvaluateLabels(IDataView data, string labelName, string predictedName)
    {
        VectorColumns columns = VectorColumns.Find(
            data, labelName, item => item is BooleanDataViewType || item == NumberDataViewType.Single, "Boolean or Single",
            predictedName, BooleanDataViewType.Instance, "predicted label");
        string[] names = columns.Names;
        var counts = new MultiLabelCounts(names.Length);
        using DataViewRowCursor cursor = data.GetRowCursor([columns.Label, columns.Predicted]);
        LabelReader readLabels = NumberLabels.ReadBinary(cursor, columns.Label, columns.Slots);
        LabelReader readPredictions = NumberLabels.Read(cursor, columns.Predicted);
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            ReadOnlySpan<float> labels = readLabels(), predictions = readPredictions();
            columns.ThrowIfOtherLength(cursor, labels.Length, predictions.Length);
            for (int i = 0; i < labels.Length; i++)
            {
                if (!float.IsNaN(labels[i]))
                    counts.AddLabel(columns.SlotOf(i), labels[i] > 0, predictions[i] > 0);
            }
            counts.EndRow();
        }
        ThrowIfNone(counts.Rows, rows, columns.Label);
        return counts.ToMetrics(names);
    }

    private static void ThrowIfNone(long known, long rows, DataViewSchema.Column label)
    {
        if (known == 0)
        {
            throw new InvalidOperationException(rows == 0
                ? "The data to evaluate has no rows."
                : $"None of the {rows} rows to evaluate has a label in column '{label.Name}'.");
        }
    }

    /// <summary>The sums of the errors of a slot.</summary>
    private struct SlotErrors
    {
        private long _rows;
        private double _distances, _squares, _mean, _labelSquares;

        public void Add(float label, float score)
        {
            double error = (double)score - label, distance = label - _mean;
            _rows++;
            _distances += Math.Abs(error);
            _squares += error * error;
            _mean += distance / _rows;
            _labelSquares += distance * (label - _mean);
        }

        public readonly SlotRegressionMetrics ToMetrics(string name) => new(name, _rows, _distances, _squares, _labelSquares);
    }
}
