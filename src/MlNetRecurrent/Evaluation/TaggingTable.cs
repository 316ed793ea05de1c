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

    private static string[] Cells(SequenceLabelMetrics label) =>
    [
        label.Name, Ratio(label.Precision), Ratio(label.Recall), Ratio(label.F1), Count(label.Support), Count(label.Predicted),
    ];

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
