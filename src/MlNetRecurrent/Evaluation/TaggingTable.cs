using System.Globalization;

namespace MlNetRecurrent.Evaluation;

/// <summary>Formats metrics as text.</summary>
internal static class TaggingTable
{
    public static string Format(SequenceTaggingMetrics metrics)
    {
        string[][] labels =
        [
            ["label", "precision", "recall", "F1", "support", "predicted"],
            .. metrics.PerLabel.Select(Cells),
        ];
        string[][] overall =
        [
            ["token accuracy", Ratio(metrics.TokenAccuracy)],
            ["sequence accuracy", Ratio(metrics.SequenceAccuracy)],
            ["macro F1", Ratio(metrics.MacroF1)],
            ["log-loss", Ratio(metrics.LogLoss)],
            ["sequences", Count(metrics.NumberOfSequences)],
            ["labelled steps", Count(metrics.NumberOfSteps)],
        ];
        return string.Join(Environment.NewLine, [.. Align(labels), "", .. Align(overall)]);
    }

    public static string Format(EntityMetrics metrics)
    {
        string[][] types =
        [
            ["type", "precision", "recall", "F1", "support", "predicted"],
            .. metrics.PerType.Select(type => Cells(type.Name, type.Precision, type.Recall, type.F1, type.Support, type.Predicted)),
            Cells("all", metrics.Precision, metrics.Recall, metrics.F1, metrics.Support, metrics.Predicted),
        ];
        return string.Join(Environment.NewLine, Align(types));
    }

    private static string[] Cells(string name, double precision, double recall, double f1, long support, long predicted) =>
        [name, Ratio(precision), Ratio(recall), Ratio(f1), Count(support), Count(predicted)];

    private static string[] Cells(SequenceLabelMetrics label) =>
        Cells(label.Name, label.Precision, label.Recall, label.F1, label.Support, label.Predicted);

    private static string Ratio(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    private static string Count(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Aligns the first column to the left and the others to the right.</summary>
    private static IEnumerable<string> Align(string[][] rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select(Pad)));

        string Pad(string cell, int column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]);
    }
}
