using Spectre.Console;

namespace MlNetRecurrent.Reproductions.Running;

/// <summary>Figures beside their bars.</summary>
internal static class ResultTable
{
    public static Table Of(IReadOnlyList<Figure> figures, string title)
    {
        Table table = new Table { Title = new TableTitle(Markup.Escape(title)) }.AddColumns("figure", "value", "bar", "", "how");
        foreach (Figure figure in figures)
            table.AddRow(Markup.Escape(figure.Name), Text(figure, figure.Value), BarOf(figure), Verdict(figure), Markup.Escape(figure.How));
        return table;
    }

    private static string BarOf(Figure figure) =>
        figure.Bar is { } bar ? $"{(bar.IsFloor ? "at least" : "below")} {Text(figure, bar.Limit)}" : "";

    private static string Verdict(Figure figure) =>
        figure.Bar is { } bar ? bar.IsReachedBy(figure.Value) ? "[green]reached[/]" : "[red]missed[/]" : "";

    private static string Text(Figure figure, double value) => value.ToString(figure.Format);
}
