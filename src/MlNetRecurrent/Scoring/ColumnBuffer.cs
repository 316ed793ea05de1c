namespace MlNetRecurrent.Scoring;

/// <summary>The values of a column in the rows that a cursor has read ahead.</summary>
internal abstract class ColumnBuffer
{
    public static ColumnBuffer Of(DataViewRow row, DataViewSchema.Column column, int capacity) => column.Type is VectorDataViewType
        ? TypeDispatch.Call(OfVectors<int>, column.Type, row, column, capacity)
        : TypeDispatch.Call(OfValues<int>, column.Type, row, column, capacity);

    /// <summary>Keeps the value of the row that the cursor stands on.</summary>
    public abstract void Read(int place);

    /// <summary>A getter of the value at the place that <paramref name="current"/> gives.</summary>
    public abstract Delegate MakeGetter(Func<int> current);

    private static ColumnBuffer OfValues<T>(DataViewRow row, DataViewSchema.Column column, int capacity) =>
        new Values<T>(row.GetGetter<T>(column), capacity, (ref T source, ref T target) => target = source);

    /// <summary>Vectors are copied, since their reader may change them.</summary>
    private static ColumnBuffer OfVectors<T>(DataViewRow row, DataViewSchema.Column column, int capacity) =>
        new Values<VBuffer<T>>(
            row.GetGetter<VBuffer<T>>(column), capacity, (ref VBuffer<T> source, ref VBuffer<T> target) => source.CopyTo(ref target));

    private delegate void Copy<T>(ref T source, ref T target);

    private sealed class Values<T>(ValueGetter<T> getter, int capacity, Copy<T> copy) : ColumnBuffer
    {
        private readonly T[] _values = new T[capacity];

        public override void Read(int place) => getter(ref _values[place]);

        public override Delegate MakeGetter(Func<int> current) =>
            (ValueGetter<T>)((ref T value) => copy(ref _values[current()], ref value));
    }
}
