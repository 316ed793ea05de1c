using System.Globalization;
using ScottPlot;

namespace Samples.Shared;

/// <content>Forecasts with an interval.</content>
public static partial class Picture
{
    /// <summary>Values of hours that follow one another; those at the end beside their forecast and its interval.</summary>
    public static void OfInterval(
        string path, string label, DateTime first, IReadOnlyList<float> actual, IReadOnlyList<float> forecast,
        IReadOnlyList<float> low, IReadOnlyList<float> high)
    {
        using Plot plot = Create();
        DateTime begin = first.AddHours(actual.Count - forecast.Count);
        double[] hours = [.. forecast.Select((_, hour) => begin.AddHours(hour).ToOADate())];
        ScottPlot.Plottables.FillY band = plot.Add.FillY(hours, Doubles(low), Doubles(high));
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(
            [.. actual.Select((_, hour) => first.AddHours(hour).ToOADate())], Doubles(actual));
        line.LegendText = "actual";
        ScottPlot.Plottables.Scatter median = plot.Add.ScatterLine(hours, Doubles(forecast));
        median.LegendText = "forecast";
        band.FillColor = median.Color.WithAlpha(0.25);
        band.LineWidth = 0;
        band.LegendText = "80% interval";
        plot.Axes.DateTimeTicksBottom().TickGenerator = new ScottPlot.TickGenerators.DateTimeAutomatic
        {
            LabelFormatter = time => time.ToString("ddd d MMM", CultureInfo.InvariantCulture),
        };
        plot.YLabel(label);
        plot.ShowLegend(Edge.Right);
        Save(plot, path, 2 * Width);
    }

    private static double[] Doubles(IReadOnlyList<float> values) => [.. values.Select(value => (double)value)];
}
