using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Forecasting;

/// <summary>
/// Forecasts the rows of a table, in their order. It reads ahead, as far as the known values of a forecast need it, and scores rows of many
/// series together. The network goes on from the state after the last row of each series.
/// </summary>
internal sealed class ForecastPass
{
    /// <summary>Rows that are scored together, where that many are ready.</summary>
    private const int RowsTogether = 1024;

    private readonly ForecastModel _model;
    private readonly DataViewRowCursor _cursor;
    private readonly SeriesReader _reader;
    private readonly SequenceScorer _scorer;
    private readonly SequenceSet _set;
    private readonly ForecastExamples _examples;
    private readonly Queue<Pending> _pending = [];
    private readonly List<Series> _waiting = [];
    private bool _hasEnded;
    private int _ready;

    /// <param name="model">The model.</param>
    /// <param name="cursor">The table, with the columns of the model active.</param>
    public ForecastPass(ForecastModel model, DataViewRowCursor cursor)
    {
        _model = model;
        _cursor = cursor;
        _reader = new(cursor, model.Columns, model.CreateSeries);
        _scorer = SequenceScorer.For(model.Network);
        _set = new(model.Network.Definition.ExampleFields);
        _examples = new(model.Columns, model.Shape, _set);
    }

    /// <summary>The number of rows after a row that its forecast needs.</summary>
    private int Lookahead => _model.Columns.KnownSize > 0 ? _model.Shape.Horizon : 0;

    /// <summary>The outputs for the next row [Horizon, targets, quantiles], in the scale of its targets.</summary>
    public float[] Next()
    {
        while (!_pending.TryPeek(out Pending? first) || first.Outputs is null)
        {
            if (_ready >= RowsTogether || _hasEnded)
                Score();
            else
                ReadRow();
        }
        return _pending.Dequeue().Outputs!;
    }

    private void ReadRow()
    {
        if (!_cursor.MoveNext())
        {
            _hasEnded = true;
            return;
        }
        Series series = _reader.Read();
        if (series.Waiting.Count == 0)
            _waiting.Add(series);
        var row = new Pending();
        series.Waiting.Enqueue(row);
        _pending.Enqueue(row);
        if (series.Waiting.Count > Lookahead)
            _ready++;
    }

    /// <summary>Scores all rows that are ready, a number of them at once.</summary>
    private void Score()
    {
        List<(Series Series, int Rows)> scored = [];
        int together = 0;
        foreach (Series series in _waiting)
        {
            int rows = _hasEnded ? series.Waiting.Count : series.Waiting.Count - Lookahead;
            if (rows <= 0)
                continue;
            scored.Add((series, rows));
            together += rows;
            if (together < RowsTogether)
                continue;
            Score(scored);
            scored.Clear();
            together = 0;
        }
        if (scored.Count > 0)
            Score(scored);
        _waiting.RemoveAll(series => series.Waiting.Count == 0);
        _ready = 0;
    }

    private void Score(List<(Series Series, int Rows)> scored)
    {
        _set.Clear();
        foreach ((Series series, int rows) in scored)
        {
            _examples.AddFields(_set, series, 0, rows);
            _set.Complete();
        }
        int size = _model.Network.Definition.StateSize;
        var states = new float[scored.Count * size];
        for (int i = 0; i < scored.Count; i++)
            scored[i].Series.State?.CopyTo(states, i * size);
        _scorer.Run(_set, 0, _set.Count, states, states);
        for (int i = 0; i < scored.Count; i++)
        {
            scored[i].Series.State = states[(i * size)..((i + 1) * size)];
            Hand(scored[i].Series, scored[i].Rows, _scorer.Outputs(i).Span);
        }
    }

    private void Hand(Series series, int rows, ReadOnlySpan<float> outputs)
    {
        int units = 2 * _model.Columns.Targets.Count;
        for (int i = 0; i < rows; i++)
        {
            float[] own = outputs.Slice(i * _model.Outputs, _model.Outputs).ToArray();
            _model.Rescale(own, series.Units.Slice(i * units, units));
            HideUnknown(own, series, i);
            series.Waiting.Dequeue().Outputs = own;
        }
        series.RemoveFirst(rows);
    }

    /// <summary>A step whose known values are missing has no forecast.</summary>
    private void HideUnknown(Span<float> outputs, Series series, int row)
    {
        int known = _model.Columns.KnownSize, outputsOfStep = outputs.Length / _model.Shape.Horizon;
        if (known == 0)
            return;
        for (int step = 0; step < _model.Shape.Horizon; step++)
        {
            int place = row + 1 + step;
            if (place >= series.Count || HasMissing(series.Known.Slice(place * known, known)))
                outputs.Slice(step * outputsOfStep, outputsOfStep).Fill(float.NaN);
        }
    }

    private static bool HasMissing(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value))
                return true;
        }
        return false;
    }

    /// <summary>A row that waits for its forecast.</summary>
    internal sealed class Pending
    {
        public float[]? Outputs { get; set; }
    }
}
