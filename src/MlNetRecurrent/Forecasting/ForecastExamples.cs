namespace MlNetRecurrent.Forecasting;

/// <summary>
/// The examples of a training. Every row of a series is an origin of a forecast, and one pass over the series serves all of them (forking
/// sequences; Wen et al. 2017, arXiv 1711.11053). A long series is cut into pieces, each of which begins a context earlier, so that its
/// first origin has a state.
/// </summary>
/// <param name="columns">The columns.</param>
/// <param name="shape">The shape of the forecasts.</param>
/// <param name="set">Takes the examples.</param>
internal sealed class ForecastExamples(ForecastColumns columns, ForecastShape shape, SequenceSet set)
{
    /// <summary>The origins of a piece, in contexts: the steps before it, a context, are the price of cutting.</summary>
    private const int ContextsOfPiece = 2;

    /// <summary>The rows of the first values of a series are no origins to learn from: their scales are those of too few values.</summary>
    private const int MostSkipped = 8;

    private int ValuesOfLabel => shape.Horizon * columns.Targets.Count;

    /// <summary>Adds the examples of a part of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="first">The first row whose value may be learned.</param>
    /// <param name="last">The row after the last one.</param>
    public void Add(Series series, int first, int last)
    {
        int[] firstOrigins = [.. Enumerable.Range(0, columns.Targets.Count).Select(target => FirstOrigin(series, target))];
        int firstOrigin = Math.Max(first - 1, firstOrigins.Min()), piece = ContextsOfPiece * shape.ContextLength;
        for (int origin = firstOrigin; origin < last - 1; origin += piece)
            AddPiece(series, origin, Math.Min(origin + piece, last - 1), first, last, firstOrigins);
    }

    /// <summary>The first row of a series from which a target is learned; that after the last one if it has no values.</summary>
    private int FirstOrigin(Series series, int target)
    {
        int targets = columns.Targets.Count;
        int[] rows = [.. Enumerable.Range(0, series.Count).Where(row => !float.IsNaN(series.Targets[row * targets + target]))];
        return rows.Length == 0 ? series.Count : rows[Math.Min(Math.Min(MostSkipped, shape.ContextLength / 2), rows.Length / 2)];
    }

    private void AddPiece(Series series, int origin, int end, int first, int last, int[] firstOrigins)
    {
        int start = Math.Max(0, origin - shape.ContextLength), steps = end - start;
        var labels = new float[steps * ValuesOfLabel];
        Array.Fill(labels, float.NaN);
        bool isEmpty = true;
        for (int row = origin; row < end; row++)
        {
            isEmpty &= !FillLabel(
                series, row, first, last, firstOrigins, labels.AsSpan((row - start) * ValuesOfLabel, ValuesOfLabel));
        }
        if (isEmpty)
            return;
        AddFields(set, series, start, steps);
        set.Complete(labels);
    }

    /// <summary>Adds the fields of some rows of a series to a set.</summary>
    public void AddFields(SequenceSet target, Series series, int start, int steps)
    {
        target.AddField(series.Steps.Slice(start * columns.StepSize, steps * columns.StepSize));
        foreach (Array value in series.Statics!)
        {
            if (value is int[] token)
                target.AddField(token);
            else
                target.AddField((float[])value);
        }
        if (columns.KnownSize == 0)
            return;
        // The network finds the values of the step k after the row t at t + k.
        var known = new float[(steps + shape.Horizon) * columns.KnownSize];
        Array.Fill(known, float.NaN);
        int there = Math.Min(steps + shape.Horizon, series.Count - start);
        series.Known.Slice(start * columns.KnownSize, there * columns.KnownSize).CopyTo(known);
        target.AddField(known);
    }

    /// <summary>The values that follow a row, in its scale.</summary>
    /// <returns>Whether one of them is known.</returns>
    private bool FillLabel(Series series, int row, int first, int last, int[] firstOrigins, Span<float> label)
    {
        bool any = false;
        int targets = columns.Targets.Count;
        for (int step = 0; step < shape.Horizon && row + 1 + step < last; step++)
        {
            int place = row + 1 + step;
            for (int i = 0; i < targets && place >= first; i++)
            {
                int unit = (row * targets + i) * 2;
                float value = (float)((series.Targets[place * targets + i] - series.Units[unit]) / series.Units[unit + 1]);
                // Without a unit there is no label.
                if (row < firstOrigins[i] || !float.IsFinite(value))
                    continue;
                label[step * targets + i] = value;
                any = true;
            }
        }
        return any;
    }
}
