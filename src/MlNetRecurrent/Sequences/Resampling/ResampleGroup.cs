using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>The interval of a group that is not over.</summary>
/// <param name="reader">Has the current row, and takes the intervals that are over.</param>
/// <param name="key">The value of the group column; null where it is not asked for.</param>
/// <param name="name">The group in messages.</param>
/// <param name="order">The order of the rows.</param>
internal sealed class ResampleGroup(ResampleReader reader, object? key, Func<string> name, RowOrder order) : RowGroup(order)
{
    private readonly IntervalValue?[] _values = reader.MakeValues();
    private Int128 _interval;

    /// <summary>The value of the group column; null where it is not asked for.</summary>
    public object? Key => key;

    /// <summary>Ends the current interval.</summary>
    public void Finish() =>
        reader.Finished.Enqueue(new(this, _interval, 1, Array.ConvertAll(_values, value => value?.Finish() ?? [])));

    public override void Write(BinaryWriter writer) => throw new NotSupportedException();

    public override void Read(BinaryReader source) => throw new NotSupportedException();

    protected override void AppendValues()
    {
        Int128 interval = reader.Interval, empty = interval - _interval - 1;
        if (Count > 0 && interval != _interval)
        {
            if (empty > TransformFile.MostSteps)
                throw reader.TooManyEmpty(empty, _interval, name());
            Finish();
            if (empty > 0)
                reader.Finished.Enqueue(new(this, _interval + 1, (int)empty, reader.Empty));
        }
        _interval = interval;
        for (int i = 0; i < _values.Length; i++)
            _values[i]?.Add(reader.Numbers(i));
    }

    protected override void RemoveLastValues() => throw new NotSupportedException();
}

/// <summary>Consecutive intervals of a group that are over.</summary>
/// <param name="Group">The group.</param>
/// <param name="First">The first interval.</param>
/// <param name="Count">The number of intervals.</param>
/// <param name="Values">The values of each column, which all of them have.</param>
internal sealed record FinishedIntervals(ResampleGroup Group, Int128 First, int Count, float[][] Values);
