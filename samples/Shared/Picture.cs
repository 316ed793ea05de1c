using Microsoft.ML.Data;
using ScottPlot;

namespace Samples.Shared;

/// <summary>Draws what the samples show, as PNG files.</summary>
public static partial class Picture
{
    private const int Width = 640, Height = 420;

    /// <summary>The losses of trainings, epoch by epoch; those of validation parts are dashed.</summary>
    public static void OfLearning(string path, string unit, params IEnumerable<LearningCurve> curves)
    {
        using var plot = new Plot();
        foreach (LearningCurve curve in curves)
        {
            ScottPlot.Plottables.Scatter training = plot.Add.Scatter(Epochs(curve.Losses), curve.Losses.ToArray());
            training.LegendText = curve.ValidationLosses.Count > 0 ? $"{curve.Name}, training" : curve.Name;
            if (curve.ValidationLosses.Count == 0)
                continue;
            double[] epochs = Epochs(curve.ValidationLosses);
            ScottPlot.Plottables.Scatter validation = plot.Add.Scatter(epochs, curve.ValidationLosses.ToArray(), training.Color);
            validation.LinePattern = LinePattern.Dashed;
            validation.LegendText = $"{curve.Name}, validation";
        }
        plot.XLabel("epoch");
        plot.YLabel($"loss ({unit})");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.ShowLegend(Alignment.UpperRight);
        plot.SavePng(path, Width, Height);
    }

    /// <summary>How often each class (a row) was taken for each (a column).</summary>
    public static void OfConfusion(string path, ConfusionMatrix confusion, IReadOnlyList<string> classes) =>
        OfConfusion(path, confusion.Counts, classes);

    /// <summary>How often each class (a row) was taken for each (a column), where ML.NET did not count it.</summary>
    public static void OfConfusion(string path, IReadOnlyList<IReadOnlyList<double>> counts, IReadOnlyList<string> classes)
    {
        int count = classes.Count;
        var parts = new double[count, count];
        using var plot = new Plot();
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
        plot.SavePng(path, Width, Height);

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
        using var plot = new Plot();
        plot.Add.Markers(actual.Select(value => (double)value).ToArray(), predicted.Select(value => (double)value).ToArray(), size: 4);
        float least = Math.Min(actual.Min(), predicted.Min()), most = Math.Max(actual.Max(), predicted.Max());
        plot.Add.Line(least, least, most, most).LinePattern = LinePattern.Dashed;
        plot.XLabel($"actual ({unit})");
        plot.YLabel($"predicted ({unit})");
        plot.Axes.SquareUnits();
        plot.SavePng(path, Width, Height);
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
        using var plot = new Plot();
        ScottPlot.Plottables.Heatmap heatmap = plot.Add.Heatmap(values);
        heatmap.FlipVertically = true;
        plot.Axes.SetLimits(-0.5, values.GetLength(1) - 0.5, -0.5, features - 0.5);
        plot.XLabel(step);
        plot.YLabel(feature);
        plot.SavePng(path, Width, Height);
    }

    private static double[] Epochs(IReadOnlyList<double> losses) => [.. Enumerable.Range(1, losses.Count).Select(epoch => (double)epoch)];
}
