using System.Globalization;
using System.Numerics;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>Tells which interval the current row is in. Intervals are numbered from that which begins at 0, or at the first date.</summary>
internal abstract class IntervalClock
{
    /// <exception cref="InvalidOperationException">The column is of another kind than the interval.</exception>
    public static void ThrowIfUnfit(DataViewSchema.Column column, ResampleSettings settings)
    {
        if (settings.OrderTimeInterval is not null && column.Type is not (DateTimeDataViewType or DateTimeOffsetDataViewType))
        {
            throw new InvalidOperationException(
                $"Order column '{column.Name}' is {column.Type}; {nameof(ResampleOptions.OrderTimeInterval)} needs DateTime " +
                $"or DateTimeOffset (ConvertType parses text into DateTime). Set {nameof(ResampleOptions.OrderInterval)} for numbers.");
        }
        if (settings.OrderInterval is not { } interval)
            return;
        if (column.Type is not NumberDataViewType)
        {
            throw new InvalidOperationException(
                $"Order column '{column.Name}' is {column.Type}; {nameof(ResampleOptions.OrderInterval)} needs a number. " +
                $"Set {nameof(ResampleOptions.OrderTimeInterval)} for times.");
        }
        bool isFraction = column.Type == NumberDataViewType.Single || column.Type == NumberDataViewType.Double;
        if (!isFraction && (interval != Math.Floor(interval) || interval >= long.MaxValue))
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"Order column '{column.Name}' is {column.Type}; an interval of {interval} is no whole number of that size."));
        }
    }

    public static IntervalClock Of(DataViewRow row, ResampleSettings settings)
    {
        DataViewSchema.Column column = row.Schema[settings.OrderColumnName];
        if (settings.OrderTimeInterval is { } time)
        {
            return column.Type is DateTimeOffsetDataViewType
                ? new OfInstants(row, column, time.Ticks)
                : new OfTimes(row, column, time.Ticks);
        }
        double interval = settings.OrderInterval!.Value;
        return Type.GetTypeCode(column.Type.RawType) switch
        {
            TypeCode.Single => new OfFractions<float>(row, column, interval),
            TypeCode.Double => new OfFractions<double>(row, column, interval),
            TypeCode.SByte => new OfWhole<sbyte>(row, column, interval),
            TypeCode.Byte => new OfWhole<byte>(row, column, interval),
            TypeCode.Int16 => new OfWhole<short>(row, column, interval),
            TypeCode.UInt16 => new OfWhole<ushort>(row, column, interval),
            TypeCode.Int32 => new OfWhole<int>(row, column, interval),
            TypeCode.UInt32 => new OfWhole<uint>(row, column, interval),
            TypeCode.Int64 => new OfWhole<long>(row, column, interval),
            _ => new OfWhole<ulong>(row, column, interval),
        };
    }

    /// <summary>Reads the interval of the current row.</summary>
    /// <exception cref="InvalidOperationException">It cannot be numbered, or begins before the smallest number of the type.</exception>
    public abstract Int128 Read();

    /// <summary>A getter of the beginning of an interval.</summary>
    public abstract Delegate MakeGetter(Func<Int128> interval);

    /// <summary>The beginning of an interval as a message shows it.</summary>
    public abstract string Show(Int128 interval);

    private abstract class Typed<T>(DataViewRow row, DataViewSchema.Column column) : IntervalClock
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private T _value = default!;

        public sealed override Int128 Read()
        {
            _getter(ref _value);
            return IntervalOf(_value) ?? throw new InvalidOperationException(
                $"Row {row.Position} (counted from 0) has {OrderFault.Show(_value)} in order column '{column.Name}', " +
                $"whose interval begins at no number of type {column.Type}. Use another interval or a wider type.");
        }

        public sealed override Delegate MakeGetter(Func<Int128> interval) =>
            (ValueGetter<T>)((ref T value) => value = StartOf(interval()));

        public sealed override string Show(Int128 interval) => OrderFault.Show(StartOf(interval));

        /// <summary>The interval of a value; null where its beginning cannot be told.</summary>
        protected abstract Int128? IntervalOf(T value);

        protected abstract T StartOf(Int128 interval);
    }

    private sealed class OfTimes(DataViewRow row, DataViewSchema.Column column, long ticks) : Typed<DateTime>(row, column)
    {
        protected override Int128? IntervalOf(DateTime value) => value.Ticks / ticks;

        protected override DateTime StartOf(Int128 interval) => new((long)(interval * ticks));
    }

    /// <summary>Intervals of UTC: those of a clock that is put back would not be in order.</summary>
    private sealed class OfInstants(DataViewRow row, DataViewSchema.Column column, long ticks) : Typed<DateTimeOffset>(row, column)
    {
        protected override Int128? IntervalOf(DateTimeOffset value) => value.UtcTicks / ticks;

        protected override DateTimeOffset StartOf(Int128 interval) => new((long)(interval * ticks), TimeSpan.Zero);
    }

    private sealed class OfWhole<T>(DataViewRow row, DataViewSchema.Column column, double interval) : Typed<T>(row, column)
        where T : IBinaryInteger<T>, IMinMaxValue<T>
    {
        private readonly Int128 _length = (Int128)interval;

        protected override Int128? IntervalOf(T value)
        {
            var whole = Int128.CreateChecked(value);
            Int128 found = whole / _length - (whole % _length < 0 ? 1 : 0);
            return found * _length < Int128.CreateChecked(T.MinValue) ? null : found;
        }

        protected override T StartOf(Int128 interval) => T.CreateChecked(interval * _length);
    }

    private sealed class OfFractions<T>(DataViewRow row, DataViewSchema.Column column, double interval) : Typed<T>(row, column)
        where T : IBinaryFloatingPointIeee754<T>
    {
        /// <summary>From here on, neighboring numbers can be an interval apart.</summary>
        private const double Most = 1L << 52;

        protected override Int128? IntervalOf(T value)
        {
            double place = double.CreateChecked(value) / interval, nearest = Math.Round(place);
            if (!(Math.Abs(place) < Most))
                return null;
            // A multiple of the interval may be rounded to a number below it.
            double spacing = double.CreateChecked(T.BitIncrement(T.Abs(value)) - T.Abs(value)) / interval;
            return (Int128)(Math.Abs(place - nearest) <= Math.Min(spacing, 0.25) ? nearest : Math.Floor(place));
        }

        protected override T StartOf(Int128 number) => T.CreateChecked((double)number * interval);
    }
}
