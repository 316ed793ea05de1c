using Microsoft.ML;
using Microsoft.ML.Data;
using Samples.Shared;
using ScottPlot;
using Spectre.Console;

namespace AlgorithmicPatterns;

/// <summary>What the stacks of a network do along a word.</summary>
public sealed class StackPicture
{
    /// <summary>The column in which the network tells it.</summary>
    public const string Column = "StackActions";

    private readonly Pattern _pattern;
    private readonly string _word;
    private readonly string[] _expected;

    /// <summary>The probability of PUSH of each stack at each step; that of POP is the rest.</summary>
    private readonly double[,] _push;

    public StackPicture(MLContext mlContext, ITransformer model, Pattern pattern, int n)
    {
        IDataView scored = model.Transform(PatternModel.LoadWords(mlContext, pattern, [n]));
        var type = (VectorDataViewType)scored.Schema[Column].Type;
        int stacks = type.Dimensions[1], actions = type.Dimensions[2];
        float[] told = scored.GetColumn<float[]>(Column).Single();
        _pattern = pattern;
        _word = pattern.Word(n);
        _expected = scored.GetColumn<string[]>("PredictedNext").Single();
        _push = new double[stacks, _word.Length];
        for (int t = 0; t < _word.Length; t++)
        {
            for (int stack = 0; stack < stacks; stack++)
                _push[stack, t] = told[(t * stacks + stack) * actions];
        }
    }

    /// <summary>
    /// A line for each step: the symbol that is read, the one that is expected next, and for each stack + for PUSH and - for POP.
    /// </summary>
    public void Write()
    {
        var table = new Table().Title(_pattern.Name).AddColumns("reads", "expects", "stacks: + PUSH, - POP");
        for (int t = 0; t < _word.Length; t++)
        {
            string actions = string.Join(' ', Enumerable.Range(0, _push.GetLength(0)).Select(stack => _push[stack, t] > 0.5 ? '+' : '-'));
            table.AddRow($"{_word[t]}", _expected[t], actions);
        }
        AnsiConsole.Write(table);
    }

    /// <summary>A picture of stacks by steps: blue for PUSH, red for POP.</summary>
    public void Save(string path)
    {
        using Plot plot = Picture.Create();
        ScottPlot.Plottables.Heatmap heatmap = plot.Add.Heatmap(_push);
        heatmap.Colormap = new ScottPlot.Colormaps.Balance().Reversed();
        heatmap.ManualRange = new(-0.5, 1.5);
        heatmap.FlipVertically = true;
        plot.Title("Blue: PUSH, red: POP");
        plot.YLabel("stack");
        plot.XLabel("symbol that is read");
        plot.Axes.Bottom.SetTicks([.. Enumerable.Range(0, _word.Length).Select(t => (double)t)], [.. _word.Select(symbol => $"{symbol}")]);
        IEnumerable<int> stacks = Enumerable.Range(0, _push.GetLength(0));
        plot.Axes.Left.SetTicks([.. stacks.Select(stack => (double)stack)], [.. stacks.Select(stack => $"{stack + 1}")]);
        plot.Axes.SetLimits(-0.5, _word.Length - 0.5, -0.5, _push.GetLength(0) - 0.5);
        Picture.Save(plot, path, width: 900, height: 350);
    }
}
