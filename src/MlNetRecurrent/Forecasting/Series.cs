using System.Runtime.InteropServices;

namespace MlNetRecurrent.Forecasting;

/// <summary>
/// A series: its scales and its last values, which is all that the next row needs, and what its latest rows gave to the network.
/// </summary>
/// <param name="columns">The columns.</param>
/// <param name="scaling">The scaling of the targets.</param>
/// <param name="context">The number of values over which scales are computed.</param>
internal sealed class Series(ForecastColumns columns, ForecastScaling scaling, int context)
{
    private readonly SeriesScale[] _scales = new SeriesScale[columns.Targets.Count];
    private readonly float[] _lastKnown = new float[columns.PastSize + columns.KnownSize];
    private readonly List<float> _steps = [], _known = [], _targets = [];
    private readonly List<double> _units = [];

    /// <summary>The number of rows that are kept.</summary>
    public int Count { get; private set; }

    /// <summary>The number of rows that the series has had.</summary>
    public long Length { get; private set; }

    /// <summary>The values of the static columns, once a row was read: numbers or a token for each of them.</summary>
    public Array[]? Statics { get; set; }

    /// <summary>The time of the last row, and the shortest distance of two rows; NaN before there is one.</summary>
    public double Time { get; set; } = double.NaN;

    public double ShortestInterval { get; set; } = double.NaN;

    /// <summary>The rows that wait for their forecasts, which are the last ones that are kept.</summary>
    public Queue<ForecastPass.Pending> Waiting { get; } = [];

    /// <summary>What the network has of the rows that are no longer kept; null for nothing.</summary>
    public float[]? State { get; set; }

    /// <summary>[rows, StepSize]: what the network reads of each row.</summary>
    public ReadOnlySpan<float> Steps => CollectionsMarshal.AsSpan(_steps);

    /// <summary>[rows, KnownSize]: what is known ahead of each row; NaN where it is missing.</summary>
    public ReadOnlySpan<float> Known => CollectionsMarshal.AsSpan(_known);

    /// <summary>[rows, targets]: the targets; NaN where they are missing.</summary>
    public ReadOnlySpan<float> Targets => CollectionsMarshal.AsSpan(_targets);

    /// <summary>
    /// [rows, targets, 2]: the offset of the values that follow a row, and the divisor of the difference, as in
    /// <see cref="SeriesScale.Unit"/>.
    /// </summary>
    public ReadOnlySpan<double> Units => CollectionsMarshal.AsSpan(_units);

    /// <summary>Adds a row.</summary>
    /// <param name="targets">The targets; NaN where one is missing.</param>
    /// <param name="past">The past values. The last one stands for one that is missing.</param>
    /// <param name="known">The values that are known ahead.</param>
    public void Append(ReadOnlySpan<float> targets, ReadOnlySpan<float> past, ReadOnlySpan<float> known)
    {
        for (int i = 0; i < _scales.Length; i++)
        {
            ref SeriesScale scale = ref _scales[i];
            double before = scale.Last;
            bool isMissing = float.IsNaN(targets[i]), isFirst = scale.Count == 0;
            if (!isMissing)
                scale.Observe(targets[i], context);
            _steps.Add((float)scale.Level(scaling));
            _steps.Add(isMissing || isFirst ? 0 : (float)scale.ToUnits(targets[i] - before, scaling));
            _steps.Add(isMissing ? 1 : 0);
            _units.Add(scale.Offset(scaling));
            _units.Add(scale.Unit(scaling));
        }
        AddCarried(past, 0);
        AddCarried(known, past.Length);
        _known.AddRange(known);
        _targets.AddRange(targets);
        Count++;
        Length++;
    }

    /// <summary>Forgets the first rows.</summary>
    public void RemoveFirst(int rows)
    {
        _steps.RemoveRange(0, rows * columns.StepSize);
        _known.RemoveRange(0, rows * columns.KnownSize);
        _targets.RemoveRange(0, rows * columns.Targets.Count);
        _units.RemoveRange(0, rows * columns.Targets.Count * 2);
        Count -= rows;
    }

    private void AddCarried(ReadOnlySpan<float> values, int place)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsNaN(values[i]))
                _lastKnown[place + i] = values[i];
            _steps.Add(_lastKnown[place + i]);
        }
    }
}
