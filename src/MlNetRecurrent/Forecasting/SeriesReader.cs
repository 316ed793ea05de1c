using MlNetRecurrent.Sequences.Groups;

namespace MlNetRecurrent.Forecasting;

/// <summary>Reads the rows of a table into their series.</summary>
internal sealed class SeriesReader
{
    /// <summary>An interval of so many of the shortest one is a gap: months differ by less.</summary>
    private const double GapFactor = 1.5;

    private readonly DataViewRow _row;
    private readonly ForecastColumns _columns;
    private readonly GroupReader<Series> _groups;
    private readonly StepNumbers _targets, _past, _known;
    private readonly StaticReader[] _statics;
    private readonly Func<double>? _time;
    private readonly float[] _targetNumbers, _pastNumbers, _knownNumbers;

    /// <param name="row">The row, with the columns active.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="make">Makes a series that begins.</param>
    public SeriesReader(DataViewRow row, ForecastColumns columns, Func<Series> make)
    {
        _row = row;
        _columns = columns;
        _groups = GroupReader<Series>.Of(row, columns.SeriesColumnName, make);
        _targets = new(row, columns.Targets, ForecastColumns.TargetRole, mayBeMissing: true);
        _past = new(row, columns.Past, ForecastColumns.PastRole, mayBeMissing: true);
        _known = new(row, columns.KnownAhead, ForecastColumns.KnownRole, mayBeMissing: true);
        _targetNumbers = new float[_targets.Count];
        _pastNumbers = new float[_past.Count];
        _knownNumbers = new float[_known.Count];
        _statics = [.. columns.Statics.Select(column => new StaticReader(row, column))];
        _time = columns.TimeColumnName is { } name ? TimeNumber.Of(row, row.Schema[name]) : null;
    }

    /// <summary>All series that began.</summary>
    public IEnumerable<Series> All => _groups.Groups().Select(group => group.State);

    /// <summary>The number of rows after a gap, and a sentence about the first of them.</summary>
    public long Gaps { get; private set; }

    public string? FirstGap { get; private set; }

    /// <summary>Reads the current row, and adds it to its series.</summary>
    /// <exception cref="InvalidOperationException">The row cannot be read, or is out of order.</exception>
    public Series Read()
    {
        Series series = _groups.Current() ?? throw _groups.Missing("Leave such rows out of the data.");
        CheckTime(series);
        ReadStatics(series);
        _targets.Read(_targetNumbers);
        _past.Read(_pastNumbers);
        _known.Read(_knownNumbers);
        series.Append(_targetNumbers, _pastNumbers, _knownNumbers);
        return series;
    }

    private void CheckTime(Series series)
    {
        if (_time is null)
            return;
        double time = _time(), before = series.Time, interval = time - before;
        if (!double.IsFinite(time))
            throw Fault("has no time");
        if (interval == 0)
            throw Fault($"has the time of the row before{_groups.Name()()}; a series has one row a time (Resample joins rows)");
        if (interval < 0)
            throw Fault($"is before the last row{_groups.Name()()}; the rows of a series must be in order of time (OrderBy of the table)");
        series.Time = time;
        if (double.IsNaN(interval))
            return;
        if (interval > GapFactor * series.ShortestInterval && Gaps++ == 0)
        {
            FirstGap = $"Row {_row.Position} (counted from 0) is later than the interval of its series says{_groups.Name()()}";
        }
        if (!(series.ShortestInterval <= interval))
            series.ShortestInterval = interval;
    }

    private InvalidOperationException Fault(string what) =>
        new($"Time column '{_columns.TimeColumnName}': row {_row.Position} (counted from 0) {what}.");

    private void ReadStatics(Series series)
    {
        bool isFirst = series.Statics is null;
        series.Statics ??= new Array[_statics.Length];
        for (int i = 0; i < _statics.Length; i++)
        {
            if (isFirst)
                series.Statics[i] = _statics[i].Read();
            else if (!_statics[i].Equals(series.Statics[i]))
            {
                throw new InvalidOperationException(
                    $"{StaticColumn.Role} '{_columns.Statics[i].Name}': row {_row.Position} (counted from 0) has another value than the "
                    + $"first row{_groups.Name()()}. A column that changes in time belongs in "
                    + $"{nameof(ForecastOptions.PastColumnNames)} or {nameof(ForecastOptions.KnownAheadColumnNames)}.");
            }
        }
    }
}
