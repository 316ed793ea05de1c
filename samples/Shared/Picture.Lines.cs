using System.Globalization;
using ScottPlot;

namespace Samples.Shared;

/// <content>Lines.</content>
public static partial class Picture
{
    /// <summary>Values of days that follow one another.</summary>
    public static void OfDays(
        string path, string label, DateTime first, params IEnumerable<(string Name, IReadOnlyList<float> Values)> series)
    {
        using Plot plot = Create();
        foreach ((string name, IReadOnlyList<float> values) in series)
        {
            DateTime[] x = [.. values.Select((_, day) => first.AddDays(day))];
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(x, values.ToArray());
            line.LegendText = name;
        }
        plot.Axes.DateTimeTicksBottom().TickGenerator = new ScottPlot.TickGenerators.DateTimeAutomatic
        {
            LabelFormatter = day => day.ToString("d MMM", CultureInfo.InvariantCulture),
        };
        plot.YLabel(label);
        plot.ShowLegend(Alignment.UpperRight);
        Save(plot, path, 2 * Width);
    }

    /// <summary>Values over numbers, such as epochs or lengths, one line for each name.</summary>
    public static void OfLines(
        string path, string xLabel, string yLabel, params IEnumerable<(string Name, IEnumerable<double> X, IEnumerable<double> Y)> series)
    {
        using Plot plot = Create();
        foreach ((string name, IEnumerable<double> x, IEnumerable<double> y) in series)
            plot.Add.Scatter(x.ToArray(), y.ToArray()).LegendText = name;
        plot.XLabel(xLabel);
        plot.YLabel(yLabel);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.ShowLegend(Edge.Right);
        Save(plot, path, Width * 4 / 3);
    }
}
