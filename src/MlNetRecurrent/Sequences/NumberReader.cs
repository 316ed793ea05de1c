namespace MlNetRecurrent.Sequences;

/// <summary>
/// Reads a number, or a vector of a known size, for transforms that compute with them: NaN is a missing value, infinity an error.
/// </summary>
internal abstract class NumberReader
{
    public static NumberReader Of(DataViewRow row, string name) => row.Schema[name] is var column && column.Type is VectorDataViewType
        ? new OfVector(row, column)
        : new OfScalar(row, column);

    /// <summary>Writes the numbers of the current row and returns their number.</summary>
    /// <exception cref="InvalidOperationException">A number is infinite, or the vector is of another length than its type says.</exception>
    public abstract int Read(Span<float> target);

    /// <exception cref="InvalidOperationException">A number is infinite.</exception>
    public static void ThrowIfInfinite(DataViewRow row, DataViewSchema.Column column, ReadOnlySpan<float> numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (float.IsInfinity(numbers[i]))
                throw NotFinite.Infinite(row, column, i, numbers[i]);
        }
    }

    private sealed class OfScalar(DataViewRow row, DataViewSchema.Column column) : NumberReader
    {
        private readonly ValueGetter<float> _getter = row.GetGetter<float>(column);

        public override int Read(Span<float> target)
        {
            _getter(ref target[0]);
            ThrowIfInfinite(row, column, target[..1]);
            return 1;
        }
    }

    private sealed class OfVector(DataViewRow row, DataViewSchema.Column column) : NumberReader
    {
        private readonly VectorReader _reader = new(row, column);

        public override int Read(Span<float> target)
        {
            ReadOnlySpan<float> numbers = _reader.Read();
            ThrowIfInfinite(row, column, numbers);
            numbers.CopyTo(target);
            return numbers.Length;
        }
    }
}
