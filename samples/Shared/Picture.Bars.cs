using ScottPlot;

namespace Samples.Shared;

/// <content>Bars.</content>
public static partial class Picture
{
    /// <summary>Values with names, from the top down.</summary>
    public static void OfBars(string path, string label, IReadOnlyCollection<Tuple<string, double>> values)
    {
        using Plot plot = Create();
        double[] places = [.. Enumerable.Range(0, values.Count).Select(place => (double)-place)];
        plot.Add.Bars(places, values.Select(value => value.Item2)).Horizontal = true;
        plot.Axes.Left.SetTicks(places, [.. values.Select(value => value.Item1)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Margins(left: 0);
        plot.HideGrid();
        plot.XLabel(label);
        Save(plot, path);
    }
}
