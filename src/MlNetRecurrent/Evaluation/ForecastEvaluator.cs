using System.Globalization;
using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Evaluation;

/// <summary>Compares forecasts with the values of the rows that follow, in one pass.</summary>
internal sealed class ForecastEvaluator
{
    private readonly ForecastTable _table;
    private readonly int _quantiles, _season;
    private readonly ForecastErrorSums _all;
    private readonly ForecastErrorSums[] _steps, _targets;

    private ForecastEvaluator(ForecastTable table, int season)
    {
        (_table, _season, _quantiles) = (table, season, table.Levels.Count);
        _all = new(_quantiles);
        _steps = MakeSums(table.Horizon);
        _targets = MakeSums(table.Targets.Count);
    }

    /// <exception cref="InvalidOperationException">No forecast has a known value, or a row has no series.</exception>
    public static ForecastMetrics Evaluate(IDataView data, ForecastTable table, int season) =>
        new ForecastEvaluator(table, season).Run(data);

    private ForecastMetrics Run(IDataView data)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(_table.All);
        ValueGetter<float>[] targets = [.. _table.Targets.Select(column => cursor.GetGetter<float>(column))];
        var forecast = new VectorReader(cursor, _table.Forecast);
        VectorReader? quantiles = _table.Quantiles is { } column ? new(cursor, column) : null;
        var series = GroupReader<ForecastHistory>.Of(
            cursor, _table.Series?.Name, () => new(_table.Horizon, targets.Length, _quantiles, _season));
        while (cursor.MoveNext())
        {
            ForecastHistory history = series.Current() ?? throw series.Missing("Leave such rows out of the data.");
            var values = new float[targets.Length];
            for (int i = 0; i < values.Length; i++)
            {
                targets[i](ref values[i]);
                if (float.IsInfinity(values[i]))
                    throw NotFiniteTarget(cursor, i, values[i]);
            }
            Compare(values, history);
            history.Add(values, forecast.Read().ToArray(), quantiles is null ? [] : quantiles.Read().ToArray());
        }
        if (_all.Count == 0)
        {
            throw new InvalidOperationException(
                $"No row has a forecast in column '{_table.Forecast.Name}' for a row after it whose target is known.");
        }
        string[]? names = _table.Series is { Type: KeyDataViewType } keys ? LabelValues.Read(keys)?.Texts : null;
        return new(_all, _table.Levels)
        {
            PerStep = [.. _steps.Select(Describe)],
            PerTarget = [.. _targets.Select(Describe)],
            PerSeries = series.Groups().Where(group => group.State.Sums.Count > 0)
                .ToDictionary(group => NameOf(group.Key, names), group => Describe(group.State.Sums)),
        };
    }

    private void Compare(float[] values, ForecastHistory history)
    {
        int step = history.Origins.Count;
        foreach (ForecastHistory.Origin origin in history.Origins)
        {
            step--;
            for (int i = 0; i < values.Length; i++)
            {
                int place = step * values.Length + i;
                float forecast = origin.Forecast[place];
                if (float.IsNaN(values[i]) || float.IsNaN(forecast))
                    continue;
                foreach (ForecastErrorSums sums in (ReadOnlySpan<ForecastErrorSums>)[_all, _steps[step], _targets[i], history.Sums])
                {
                    sums.Add(values[i], forecast, origin.Scales[i]);
                    if (_quantiles > 0)
                        sums.AddQuantiles(values[i], origin.Quantiles.AsSpan(place * _quantiles, _quantiles), _table.Levels);
                }
            }
        }
    }

    private InvalidOperationException NotFiniteTarget(DataViewRow row, int target, float value) => new(FormattableString.Invariant(
        $"Target column '{_table.Targets[target].Name}': row {row.Position} (counted from 0) holds {value}, not a finite number."));

    private ForecastErrorSums[] MakeSums(int count) => [.. Enumerable.Range(0, count).Select(_ => new ForecastErrorSums(_quantiles))];

    private ForecastErrorMetrics Describe(ForecastErrorSums sums) => new(sums, _table.Levels);

    /// <param name="key">The series.</param>
    /// <param name="names">The values of the keys; null where the series are no keys with values.</param>
    private static string NameOf(object? key, string[]? names)
    {
        string text = Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
        if (names is null)
            return text;
        ulong number = Convert.ToUInt64(key, CultureInfo.InvariantCulture);
        return number >= 1 && number <= (ulong)names.Length ? names[number - 1] : text;
    }
}
