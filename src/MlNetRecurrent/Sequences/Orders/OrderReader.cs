namespace MlNetRecurrent.Sequences.Orders;

/// <summary>Reads the order of the current row, and makes what follows the order of a group.</summary>
internal abstract class OrderReader
{
    /// <summary>The reader of a row; <see langword="null"/> where nothing says the order.</summary>
    public static OrderReader? Of(DataViewRow row, OrderSettings? settings)
    {
        if (settings is null)
            return null;
        DataViewSchema.Column column = row.Schema[settings.ColumnName];
        return TypeDispatch.Call(OfValues<int>, column.Type, row, column, settings);
    }

    /// <summary>Reads the order of the current row, and says whether it has one.</summary>
    public abstract bool Read();

    /// <summary>The error of a current row without an order.</summary>
    public abstract InvalidOperationException Missing();

    /// <summary>The order that was read last.</summary>
    public abstract IComparable BoxedValue { get; }

    /// <summary>Makes the order of a group whose rows must come in their order.</summary>
    public abstract RowOrder MakeChecked();

    /// <summary>Makes the order of a group whose rows are sorted.</summary>
    /// <param name="checks">Whether rows that are out of order are an error.</param>
    /// <param name="grows">Whether the order is asked for after each row.</param>
    public abstract RowOrder MakeSorted(bool checks, bool grows);

    private static OrderReader OfValues<T>(DataViewRow row, DataViewSchema.Column column, OrderSettings settings)
        where T : notnull, IComparable<T> => new OrderReader<T>(row, column, settings);
}

/// <typeparam name="T">The type of the order.</typeparam>
/// <param name="row">The row.</param>
/// <param name="column">The column with the order.</param>
/// <param name="settings">The rules of the order.</param>
internal sealed class OrderReader<T>(DataViewRow row, DataViewSchema.Column column, OrderSettings settings) : OrderReader
    where T : notnull, IComparable<T>
{
    private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
    private readonly Func<T, bool>? _isMissing = MissingTest(column.Type);
    private readonly Func<T, T, bool>? _isNext = OrderInterval.Test<T>(settings);
    private T _value = default!;

    /// <summary>The order that was read last.</summary>
    public T Value => _value;

    public override IComparable BoxedValue => (IComparable)_value;

    public long Position => row.Position;

    public bool AllowsTies => settings.AllowsTies;

    public override bool Read()
    {
        _getter(ref _value);
        return _isMissing is null || !_isMissing(_value);
    }

    public override InvalidOperationException Missing()
    {
        string reason = column.Type switch
        {
            KeyDataViewType =>
                "its key is missing, as is the key of a value that MapValueToKey did not meet when it was fitted. " +
                "Order by the values themselves: ConvertType parses text into DateTime or numbers",
            DateTimeDataViewType or DateTimeOffsetDataViewType => $"it is {OrderFault.Show(_value)}, as an empty cell reads",
            _ => "it is NaN",
        };
        return new(
            $"Row {row.Position} (counted from 0) has no order in column '{column.Name}': {reason}. " +
            $"With {nameof(SlidingWindowOptions.MissingOrders)} = {nameof(MissingRowAction)}.{nameof(MissingRowAction.Drop)} " +
            "of the options, a view leaves such rows out.");
    }

    public override RowOrder MakeChecked() => new CheckedOrder<T>(this);

    public override RowOrder MakeSorted(bool checks, bool grows) => new SortedOrder<T>(this, checks, grows);

    /// <summary>Checks whether the current row can follow one with this value.</summary>
    public OrderFault? FaultAfter(T last, long lastPosition)
    {
        int comparison = _value.CompareTo(last);
        if (comparison < 0)
            return OrderFault.OutOfOrder(column.Name, _value, row.Position, last);
        if (comparison == 0)
            return settings.AllowsTies ? null : Tie(_value, row.Position, lastPosition);
        return _isNext is null || _isNext(last, _value)
            ? null
            : OrderFault.Gap(column.Name, _value, row.Position, last, OrderInterval.Describe(settings));
    }

    public OrderFault Tie(T value, long position, long otherPosition) => OrderFault.Tie(column.Name, value, position, otherPosition);

    /// <summary>As an order, the first of all dates is missing as well: an empty cell reads as it.</summary>
    private static Func<T, bool>? MissingTest(DataViewType type) => type switch
    {
        DateTimeDataViewType => (Func<T, bool>)(object)(Func<DateTime, bool>)(time => time.Ticks == 0),
        DateTimeOffsetDataViewType => (Func<T, bool>)(object)(Func<DateTimeOffset, bool>)(time => time == default),
        _ => MissingValue.Test<T>(type),
    };
}
