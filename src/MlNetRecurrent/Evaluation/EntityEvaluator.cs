using MlNetRecurrent.Engine.Heads;

namespace MlNetRecurrent.Evaluation;

/// <summary>Counts the entities of tagged rows in one pass.</summary>
internal static class EntityEvaluator
{
    /// <exception cref="InvalidOperationException">The labels are of no scheme, or the columns of a row do not match.</exception>
    public static EntityMetrics Evaluate(
        IDataView data, (DataViewSchema.Column Label, DataViewSchema.Column Predicted, string[] Names) columns)
    {
        SpanTag[] tags = Array.ConvertAll(columns.Names, name => SpanTag.Parse(name, TaggingScheme.Bioes)
            ?? throw new InvalidOperationException(
                $"Label '{name}' of column '{columns.Label.Name}' is not O, and not B, I, E or S followed by a hyphen and a type. "
                + "The names of the labels tell where entities are: the keys need values that follow BIO or BIOES."));
        var counts = new EntityCounts();
        using DataViewRowCursor cursor = data.GetRowCursor([columns.Label, columns.Predicted]);
        Func<ReadOnlyMemory<SpanTag?>> readLabels = Reader(cursor, "Label", columns.Label, tags);
        Func<ReadOnlyMemory<SpanTag?>> readPredictions = Reader(cursor, "Predicted label", columns.Predicted, tags);
        long rows = 0;
        for (; cursor.MoveNext(); rows++)
        {
            ReadOnlySpan<SpanTag?> labels = readLabels().Span, predictions = readPredictions().Span;
            if (labels.Length != predictions.Length)
            {
                throw new InvalidOperationException(
                    $"Row {cursor.Position} (counted from 0) has {labels.Length} labels in column '{columns.Label.Name}' but "
                    + $"{predictions.Length} predicted labels in column '{columns.Predicted.Name}'.");
            }
            counts.Add(labels, predictions);
        }
        return rows > 0 ? counts.ToMetrics() : throw new InvalidOperationException("The data to evaluate has no rows.");
    }

    /// <summary>Reads the tags of the current row; null for the missing key.</summary>
    private static Func<ReadOnlyMemory<SpanTag?>> Reader(DataViewRow row, string role, DataViewSchema.Column column, SpanTag[] tags)
    {
        KeyReader.VectorGetter getter = KeyReader.Vector(row, column);
        int[] keys = [];
        SpanTag?[] read = [];
        return () =>
        {
            int steps = getter(ref keys);
            if (read.Length < steps)
                read = new SpanTag?[keys.Length];
            for (int t = 0; t < steps; t++)
            {
                read[t] = keys[t] == 0 ? null : keys[t] <= tags.Length ? tags[keys[t] - 1] : throw new InvalidOperationException(
                    $"{role} column '{column.Name}': row {row.Position}, step {t} (both counted from 0) holds key {keys[t]}, beyond the "
                    + $"{tags.Length} of its type.");
            }
            return read.AsMemory(0, steps);
        };
    }
}
