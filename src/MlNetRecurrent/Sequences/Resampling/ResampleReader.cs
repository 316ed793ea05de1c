using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>Takes row after row into the intervals of their groups.</summary>
internal sealed class ResampleReader : RowGrouper<ResampleGroup>
{
    private readonly ResampleSchema _schema;
    private readonly DataViewRow _row;
    private readonly IntervalClock _clock;
    private readonly Func<object>? _key;
    private readonly NumberReader?[] _readers;
    private readonly float[][] _numbers;

    /// <param name="schema">The transform, bound to the schema of the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns of the output that are asked for.</param>
    public ResampleReader(ResampleSchema schema, DataViewRow row, DataViewSchema.Column[] columns)
        : base(row, schema.Settings, remembers: false)
    {
        _schema = schema;
        _row = row;
        _clock = IntervalClock.Of(row, schema.Settings);
        if (schema.Settings.GroupColumnName is { } name && columns.Any(column => column.Name == name))
            _key = TypeDispatch.Call(KeyReader<int>, row.Schema[name].Type, row, row.Schema[name]);
        _readers = new NumberReader?[schema.Settings.Columns.Length];
        foreach (DataViewSchema.Column column in columns.Where(column => column.Index >= schema.FirstResult))
        {
            int place = column.Index - schema.FirstResult;
            _readers[place] = NumberReader.Of(row, schema.Settings.Columns[place].Input);
        }
        _numbers = [.. _readers.Select((reader, i) => reader is null ? [] : new float[SlotsOf(i)])];
        Empty = Array.ConvertAll(MakeValues(), value => value?.Finish() ?? []);
    }

    /// <summary>The intervals that are over and did not come out yet.</summary>
    public Queue<FinishedIntervals> Finished { get; } = [];

    /// <summary>The interval of the current row.</summary>
    public Int128 Interval { get; private set; }

    /// <summary>The values of each column in an interval without rows.</summary>
    public float[][] Empty { get; }

    public override string Signature => throw new NotSupportedException();

    /// <summary>The numbers of the current row in a column that is asked for.</summary>
    public ReadOnlySpan<float> Numbers(int column) => _numbers[column];

    /// <summary>Makes the values of an interval; null for columns that are not asked for.</summary>
    public IntervalValue?[] MakeValues() =>
        [.. _readers.Select((reader, i) => reader is null ? null : new IntervalValue(_schema.Settings.Columns[i].Function, SlotsOf(i)))];

    /// <summary>A getter of the beginning of an interval.</summary>
    public Delegate MakeTimeGetter(Func<Int128> interval) => _clock.MakeGetter(interval);

    public InvalidOperationException TooManyEmpty(Int128 empty, Int128 last, string group) => new(
        $"Row {_row.Position} (counted from 0) is in the interval {_clock.Show(Interval)} of order column " +
        $"'{_schema.Settings.OrderColumnName}', {empty} intervals after {_clock.Show(last)}, that of the row before it{group}; " +
        $"at most {TransformFile.MostSteps} empty intervals are possible. Check the times, or use a longer interval.");

    protected override void ReadValues()
    {
        Interval = _clock.Read();
        for (int i = 0; i < _readers.Length; i++)
            _readers[i]?.Read(_numbers[i]);
    }

    protected override ResampleGroup MakeGroup(OrderReader? order, Func<string> name) =>
        new(this, _key?.Invoke(), name, order!.MakeChecked());

    private int SlotsOf(int column) => (_schema.Output[_schema.FirstResult + column].Type as VectorDataViewType)?.Size ?? 1;

    private static Func<object> KeyReader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default!;
            getter(ref value);
            return GroupValues.Own(value)!;
        };
    }
}
