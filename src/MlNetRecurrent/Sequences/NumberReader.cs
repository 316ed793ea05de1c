namespace MlNetRecurrent.Sequences;

/// <summary>Reads a number, or a vector of a known size.</summary>
internal abstract class NumberReader
{
    public static NumberReader Of(DataViewRow row, string name) => row.Schema[name] is var column && column.Type is VectorDataViewType
        ? new OfVector(row, column)
        : new OfScalar(row.GetGetter<float>(column));

    /// <summary>Writes the numbers of the current row and returns their number.</summary>
    /// <exception cref="InvalidOperationException">The vector is of another length than its type says.</exception>
    public abstract int Read(Span<float> target);

    private sealed class OfScalar(ValueGetter<float> getter) : NumberReader
    {
        public override int Read(Span<float> target)
        {
            getter(ref target[0]);
            return 1;
        }
    }

    private sealed class OfVector(DataViewRow row, DataViewSchema.Column column) : NumberReader
    {
        private readonly VectorReader _reader = new(row, column);

        public override int Read(Span<float> target)
        {
            ReadOnlySpan<float> numbers = _reader.Read();
            numbers.CopyTo(target);
            return numbers.Length;
        }
    }
}
