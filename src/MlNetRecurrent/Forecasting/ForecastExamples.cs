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

    /// <summary>The first rows of a series are no origins to learn from: their scales are those of too few values.</summary>
    private const int MostSkipped = 8;

    private int ValuesOfLabel => shape.Horizon * columns.Targets.Count;

    /// <summary>Adds the examples of a part of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="first">The first row whose value may be learned.</param>
    /// <param name="last">The row after the last one.</param>
    public void Add(Series series, int first, int last)
    {
        int skipped = Math.Min(Math.Min(MostSkipped, shape.ContextLength / 2), series.Count / 2);
        int firstOrigin = Math.Max(first - 1, skipped), piece = Math.Max(1, ContextsOfPiece * shape.ContextLength);
        for (int origin = firstOrigin; origin < last - 1; origin += piece)
            AddPiece(series, origin, Math.Min(origin + piece, last - 1), first, last);
    }

    private void AddPiece(Series series, int origin, int end, int first, int last)
    {
        int start = Math.Max(0, origin - shape.ContextLength), steps = end - start;
        var labels = new float[steps * ValuesOfLabel];
        Array.Fill(labels, float.NaN);
        bool isEmpty = true;
        for (int row = origin; row < end; row++)
            isEmpty &= !FillLabel(series, row, first, last, labels.AsSpan((row - start) * ValuesOfLabel, ValuesOfLabel));
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
        // What is known about the rows that follow: row t + 1 is the first step after row t.
        var known = new float[(steps + shape.Horizon) * columns.KnownSize];
        Array.Fill(known, float.NaN);
        int there = Math.Min(steps + shape.Horizon, series.Count - start - 1);
        if (there > 0)
            series.Known.Slice((start + 1) * columns.KnownSize, there * columns.KnownSize).CopyTo(known);
        target.AddField(known);
    }

    /// <summary>The values that follow a row, in its scale.</summary>
    /// <returns>Whether one of them is known.</returns>
    private bool FillLabel(Series series, int row, int first, int last, Span<float> label)
    {
        bool any = false;
        int targets = columns.Targets.Count;
        for (int step = 0; step < shape.Horizon && row + 1 + step < last; step++)
        {
            int place = row + 1 + step;
            for (int i = 0; i < targets && place >= first; i++)
            {
                float value = series.Targets[place * targets + i];
                int unit = (row * targets + i) * 2;
                label[step * targets + i] = (float)((value - series.Units[unit]) / series.Units[unit + 1]);
                any |= !float.IsNaN(value);
            }
        }
        return any;
    }
}
