using System.Globalization;

namespace MlNetRecurrent.Evaluation;

/// <summary>Reads labels that are vectors and their predictions, row by row, and rejects columns that do not match.</summary>
internal static class VectorEvaluator
{
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    /// <exception cref="InvalidOperationException">The columns have different sizes, a value cannot be evaluated, or no row has a
    /// label.</exception>
    public static VectorRegressionMetrics EvaluateValues(IDataView data, string labelName, string scoreName)
    {
        DataViewSchema.Column label = FindNumbers("Label", labelName), score = FindNumbers("Score", scoreName);
        LabelSlots slots = FindSlots(label, score, "score");
        var errors = new SlotErrors[slots.Count];
        using DataViewRowCursor cursor = data.GetRowCursor([label, score]);
        LabelReader readLabels = NumberLabels.ReadFinite(cursor, label, slots), readScores = NumberLabels.Read(cursor, score);
        long rows = 0, known = 0;
        for (; cursor.MoveNext(); rows++)
        {
            ReadOnlySpan<float> labels = readLabels(), scores = readScores();
            bool isKnown = false;
            for (int slot = 0; slot < labels.Length; slot++)
            {
                if (float.IsNaN(labels[slot]))
                    continue;
                errors[slot].Add(labels[slot], scores[slot]);
                isKnown = true;
            }
            known += isKnown ? 1 : 0;
        }
        ThrowIfNone(known, rows, label);
        return new([.. errors.Select((slot, i) => slot.ToMetrics(NameOf(slots, i)))]) { NumberOfRows = known };

        DataViewSchema.Column FindNumbers(string role, string name) =>
            Find(data, role, name, item => item == NumberDataViewType.Single, "a vector of Single of known size");
    }

    /// <inheritdoc cref="EvaluateValues"/>
    public static MultiLabelClassificationMetrics EvaluateLabels(IDataView data, string labelName, string predictedName)
    {
        DataViewSchema.Column label = Find(
            data, "Label", labelName, item => item is BooleanDataViewType || item == NumberDataViewType.Single,
            "a vector of Boolean or Single of known size");
        DataViewSchema.Column predicted = Find(
            data, "Predicted label", predictedName, item => item == BooleanDataViewType.Instance, "a vector of Boolean of known size");
        LabelSlots slots = FindSlots(label, predicted, "predicted label");
        var counts = new MultiLabelCounts(slots.Count);
        using DataViewRowCursor cursor = data.GetRowCursor([label, predicted]);
        LabelReader readLabels = NumberLabels.ReadBinary(cursor, label, slots), readPredictions = NumberLabels.Read(cursor, predicted);
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            ReadOnlySpan<float> labels = readLabels(), predictions = readPredictions();
            for (int slot = 0; slot < labels.Length; slot++)
            {
                if (!float.IsNaN(labels[slot]))
                    counts.AddLabel(slot, labels[slot] > 0, predictions[slot] > 0);
            }
            counts.EndRow();
        }
        ThrowIfNone(counts.Rows, rows, label);
        return counts.ToMetrics([.. Enumerable.Range(0, slots.Count).Select(slot => NameOf(slots, slot))]);
    }

    private static DataViewSchema.Column Find(
        IDataView data, string role, string name, Func<DataViewType, bool> isItem, string expected)
    {
        DataViewSchema.Column column = data.Schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(
                nameof(data), name,
                $"{role} column '{name}' is missing. The data has: {string.Join(", ", data.Schema.Select(column => column.Name))}.");
        return column.Type is VectorDataViewType { IsKnownSize: true } vector && isItem(vector.ItemType)
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(data), column.Type.ToString(), $"{role} column '{name}' is {column.Type}; expected {expected}.");
    }

    /// <summary>The slots of the labels, with the names of the predictions where the labels have none.</summary>
    private static LabelSlots FindSlots(DataViewSchema.Column label, DataViewSchema.Column predicted, string role)
    {
        LabelSlots slots = LabelSlots.Read(label)!, others = LabelSlots.Read(predicted)!;
        if (slots.Count != others.Count)
        {
            throw new InvalidOperationException(
                $"Label column '{label.Name}' has {slots.Count} values a row, {role} column '{predicted.Name}' has {others.Count}.");
        }
        return slots.Names is null ? others : slots;
    }

    private static string NameOf(LabelSlots slots, int slot) =>
        slots.Names?[slot] is { Length: > 0 } name ? name : slot.ToString(CultureInfo.InvariantCulture);

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
