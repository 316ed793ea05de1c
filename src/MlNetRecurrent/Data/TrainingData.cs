using System.Globalization;
using Microsoft.ML;
using MlNetRecurrent.Engine.Batches;
using MlNetRecurrent.Tasks;

namespace MlNetRecurrent.Data;

/// <summary>The rows of a view that a network learns from.</summary>
/// <param name="Sequences">The sequences with their labels and weights.</param>
/// <param name="WithoutLabel">Rows that were left out because their label is missing.</param>
/// <param name="WithoutWeight">Rows that were left out because they weigh nothing.</param>
internal sealed record TrainingData(SequenceSet Sequences, long WithoutLabel, long WithoutWeight)
{
    /// <exception cref="InvalidOperationException">A row holds what no network can learn from, or there is no row with a label.</exception>
    public static TrainingData Read(IDataView view, SequenceColumn features, RecurrentTask task, DataViewSchema.Column label, DataViewSchema.Column? weight, Action checkCancelled)
    {
        var sequences = new SequenceSet(features.Features);
        long rows = 0, withoutLabel = 0, withoutWeight = 0;
        DataViewSchema.Column[] columns = [view.Schema[features.Name], label, .. weight is { } w ? [w] : Array.Empty<DataViewSchema.Column>()];
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        SequenceReader reader = SequenceReader.Of(cursor, features);
        LabelReader readLabels = task.ReadLabels(cursor, label);
        Func<float> readWeight = WeightReader(cursor, weight);
        for (; cursor.MoveNext(); rows++)
        {
            if (rows % 256 == 0)
                checkCancelled();
            ReadOnlySpan<float> labels = readLabels();
            if (task.EveryStep && reader.CountSteps() is var steps && labels.Length != steps)
                throw new InvalidOperationException($"Row {rows} (counted from 0) has {labels.Length} labels in column '{label.Name}' for {steps} steps in column '{features.Name}'; there must be one for each.");
            if (!HasLabel(labels))
            {
                withoutLabel++;
                continue;
            }
            float weightOfRow = readWeight();
            if (weightOfRow > 0)
                reader.AddTo(sequences, labels, weightOfRow);
            else
                withoutWeight++;
        }
        if (sequences.Count == 0 && withoutWeight > 0)
            throw new InvalidOperationException($"All {withoutWeight} rows with a label have the weight 0 in column '{weight?.Name}': there is nothing to learn from.");
        if (sequences.Count == 0)
            throw new InvalidOperationException(rows == 0 ? "The training data has no rows." : $"None of the {rows} rows of the training data has a label in column '{label.Name}'.");
        return new(sequences, withoutLabel, withoutWeight);
    }

    private static bool HasLabel(ReadOnlySpan<float> labels)
    {
        foreach (float label in labels)
        {
            if (!float.IsNaN(label))
                return true;
        }
        return false;
    }

    private static Func<float> WeightReader(DataViewRow row, DataViewSchema.Column? column)
    {
        if (column is not { } weights)
            return () => 1;
        ValueGetter<float> getter = row.GetGetter<float>(weights);
        float weight = 0;
        return () =>
        {
            getter(ref weight);
            if (float.IsFinite(weight) && weight >= 0)
                return weight;
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Example weight column '{weights.Name}': row {row.Position} (counted from 0) is {weight}; a weight is a finite number of at least 0."));
        };
    }
}
