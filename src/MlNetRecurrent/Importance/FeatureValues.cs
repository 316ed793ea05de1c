namespace MlNetRecurrent.Importance;

/// <summary>The values of one feature in all rows.</summary>
internal abstract class FeatureValues(StepFeature feature)
{
    private readonly List<int> _lengths = [];

    protected StepFeature Feature => feature;

    /// <summary>The number of steps of each row.</summary>
    public IReadOnlyList<int> Lengths => _lengths;

    /// <summary>Reads the values of a feature.</summary>
    public static FeatureValues Read(IDataView data, StepFeature feature) => feature.Column.Type is VectorDataViewType
        ? TypeDispatch.Call(ReadVectors<int>, feature.Column.Type, data, feature)
        : TypeDispatch.Call(ReadScalars<int>, feature.Column.Type, data, feature);

    /// <summary>The getter of the column with the values exchanged.</summary>
    /// <param name="row">The row of the data, which was read.</param>
    /// <param name="exchange">Which row gets the values of which other row.</param>
    public abstract Delegate MakeGetter(DataViewRow row, Exchange exchange);

    /// <summary>Opens a reader that keeps the values of the current row and returns the number of its steps.</summary>
    protected abstract Func<int> Open(DataViewRow row);

    private static FeatureValues ReadVectors<T>(IDataView data, StepFeature feature) => new Vectors<T>(feature).ReadFrom(data);

    private static FeatureValues ReadScalars<T>(IDataView data, StepFeature feature) => new Scalars<T>(feature).ReadFrom(data);

    private FeatureValues ReadFrom(IDataView data)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([feature.Column]);
        Func<int> read = Open(cursor);
        while (cursor.MoveNext())
            _lengths.Add(read());
        return this;
    }

    private sealed class Vectors<T>(StepFeature feature) : FeatureValues(feature)
    {
        private readonly List<T> _values = [];
        private readonly List<int> _ends = [];

        protected override Func<int> Open(DataViewRow row)
        {
            ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(Feature.Column);
            VBuffer<T> vector = default;
            var items = Array.Empty<T>();
            return () =>
            {
                getter(ref vector);
                if (items.Length < vector.Length)
                    items = new T[vector.Length];
                vector.CopyTo(items);
                int steps = vector.Length / Feature.Stride;
                for (int step = 0; step < steps; step++)
                    _values.AddRange(items.AsSpan(step * Feature.Stride + Feature.Offset, Feature.Width));
                _ends.Add(_values.Count);
                return steps;
            };
        }

        public override Delegate MakeGetter(DataViewRow row, Exchange exchange)
        {
            ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(Feature.Column);
            VBuffer<T> vector = default;
            return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) =>
            {
                getter(ref vector);
                VBufferEditor<T> editor = VBufferEditor.Create(ref value, vector.Length);
                vector.CopyTo(editor.Values);
                int steps = vector.Length / Feature.Stride, first = exchange.Lag ?? 0, end = exchange.Lag + 1 ?? steps;
                for (int lag = first; lag < Math.Min(steps, end); lag++)
                    Replace(editor.Values.Slice((steps - 1 - lag) * Feature.Stride + Feature.Offset, Feature.Width), lag);
                value = editor.Commit();
            });

            void Replace(Span<T> items, int lag)
            {
                int end = _ends[exchange.Donors[row.Position]] - lag * Feature.Width;
                for (int i = 0; i < items.Length; i++)
                    items[i] = _values[end - items.Length + i];
            }
        }
    }

    private sealed class Scalars<T>(StepFeature feature) : FeatureValues(feature)
    {
        private readonly List<T> _values = [];

        protected override Func<int> Open(DataViewRow row)
        {
            ValueGetter<T> getter = row.GetGetter<T>(Feature.Column);
            T value = default!;
            return () =>
            {
                getter(ref value);
                _values.Add(value);
                return 1;
            };
        }

        public override Delegate MakeGetter(DataViewRow row, Exchange exchange) =>
            (ValueGetter<T>)((ref T value) => value = _values[exchange.Donors[row.Position]]);
    }
}
