using Microsoft.ML.Data;
using ScottPlot;
using SkiaSharp;

namespace Samples.Shared;

/// <summary>Draws what the samples show, as PNG files.</summary>
public static partial class Picture
{
    private const int Width = 640, Height = 420, PixelsPerUnit = 2;

    /// <summary>Fonts without serifs, of which one is installed on nearly every machine.</summary>
    private static readonly string[] _fonts = ["Segoe UI", "Helvetica", "Noto Sans", "Liberation Sans", "DejaVu Sans", "Arial"];

    /// <summary>An empty picture, in a font without serifs.</summary>
    public static Plot Create()
    {
        Fonts.Default = _fonts.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains) ?? Fonts.Sans;
        return new();
    }

    /// <summary>Writes a picture with two pixels a unit, for screens that have them.</summary>
    public static void Save(Plot plot, string path, int width = Width, int height = Height)
    {
        plot.ScaleFactor = PixelsPerUnit;
        plot.SavePng(path, PixelsPerUnit * width, PixelsPerUnit * height);
    }

    /// <summary>The losses of trainings, epoch by epoch, and those of their validation parts.</summary>
    public static void OfLearning(string path, string unit, params IEnumerable<LearningCurve> curves)
    {
        using Plot plot = Create();
        foreach (LearningCurve curve in curves)
        {
            bool validates = curve.ValidationLosses.Count > 0;
            Add(validates ? $"{curve.Name}, training" : curve.Name, curve.Losses);
            if (validates)
                Add($"{curve.Name}, validation", curve.ValidationLosses);
        }
        plot.XLabel("epoch");
        plot.YLabel($"loss ({unit})");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.ShowLegend(Alignment.UpperRight);
        Save(plot, path);

        void Add(string name, IReadOnlyList<double> losses) =>
            plot.Add.Scatter(losses.Select((_, i) => i + 1.0).ToArray(), losses.ToArray()).LegendText = name;
    }

    /// <summary>How often each class (a row) was taken for each (a column).</summary>
    public static void OfConfusion(string path, ConfusionMatrix confusion, IReadOnlyList<string> classes) =>
        OfConfusion(path, confusion.Counts, classes);

    /// <summary>How often each class (a row) was taken for each (a column), where ML.NET did not count it.</summary>
    public static void OfConfusion(string path, IReadOnlyList<IReadOnlyList<double>> counts, IReadOnlyList<string> classes)
    {
        int count = classes.Count;
        var parts = new double[count, count];
        using Plot plot = Create();
        for (int actual = 0; actual < count; actual++)
        {
            double all = Math.Max(1, counts[actual].Sum());
            for (int predicted = 0; predicted < count; predicted++)
            {
                parts[actual, predicted] = counts[actual][predicted] / all;
                ScottPlot.Plottables.Text text = Label($"{counts[actual][predicted]:F0}", predicted, actual);
                text.LabelFontColor = parts[actual, predicted] > 0.5 ? Colors.White : Colors.Black;
            }
        }
        ScottPlot.Plottables.Heatmap heatmap = plot.Add.Heatmap(parts);
        heatmap.Colormap = new ScottPlot.Colormaps.Blues().Reversed();
        heatmap.ManualRange = new(0, 1);
        plot.MoveToBottom(heatmap);
        (double, string)[] ticks = [.. classes.Select((name, i) => ((double)i, name))];
        plot.Axes.Bottom.SetTicks([.. ticks.Select(tick => tick.Item1)], [.. classes]);
        plot.Axes.Left.SetTicks([.. ticks.Select(tick => tick.Item1)], [.. classes]);
        plot.Axes.SetLimits(-0.5, count - 0.5, count - 0.5, -0.5);
        plot.XLabel("predicted");
        plot.YLabel("actual");
        Save(plot, path);

        ScottPlot.Plottables.Text Label(string value, double x, double y)
        {
            ScottPlot.Plottables.Text text = plot.Add.Text(value, x, y);
            text.LabelAlignment = Alignment.MiddleCenter;
            return text;
        }
    }

    /// <summary>Each prediction beside what came; on the line they are equal.</summary>
    public static void OfPredictions(string path, string unit, IReadOnlyCollection<float> actual, IReadOnlyCollection<float> predicted)
    {
        using Plot plot = Create();
        plot.Add.Markers(actual.Select(value => (double)value).ToArray(), predicted.Select(value => (double)value).ToArray(), size: 4);
        float least = Math.Min(actual.Min(), predicted.Min()), most = Math.Max(actual.Max(), predicted.Max());
        plot.Add.Line(least, least, most, most).LinePattern = LinePattern.Dashed;
        plot.XLabel($"actual ({unit})");
        plot.YLabel($"predicted ({unit})");
        // Both axes show the same range, on a square: the line is the diagonal.
        double margin = (most - least) / 20;
        plot.Axes.SetLimits(least - margin, most + margin, least - margin, most + margin);
        Save(plot, path, Height, Height);
    }

    /// <summary>A sequence as a picture: a column a step, a row a feature, the first one at the bottom.</summary>
    public static void OfSteps(string path, ReadOnlySpan<float> sequence, int features, string step, string feature)
    {
        var values = new double[features, sequence.Length / features];
        for (int t = 0; t < values.GetLength(1); t++)
        {
            for (int i = 0; i < features; i++)
                values[i, t] = sequence[t * features + i];
        }
        using Plot plot = Create();
        ScottPlot.Plottables.Heatmap heatmap = plot.Add.Heatmap(values);
        heatmap.FlipVertically = true;
        plot.Axes.SetLimits(-0.5, values.GetLength(1) - 0.5, -0.5, features - 0.5);
        plot.XLabel(step);
        plot.YLabel(feature);
        Save(plot, path);
    }
}
