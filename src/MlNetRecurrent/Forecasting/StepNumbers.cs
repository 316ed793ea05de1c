namespace MlNetRecurrent.Forecasting;

/// <summary>Reads the numbers of a row of some columns, one after the other.</summary>
/// <param name="row">The row.</param>
/// <param name="columns">The columns.</param>
/// <param name="role">Their role, for messages.</param>
/// <param name="mayBeMissing">Whether a number may be NaN.</param>
internal sealed class StepNumbers(DataViewRow row, IReadOnlyList<ForecastColumn> columns, string role, bool mayBeMissing)
{
    private readonly Reader[] _readers = [.. columns.Select(column => CreateReader(row, column))];

    private delegate void Reader(Span<float> target);

    /// <summary>The number of numbers.</summary>
    public int Count { get; } = columns.Sum(column => column.Size);

    /// <summary>Reads the current row.</summary>
    /// <exception cref="InvalidOperationException">A number is not finite.</exception>
    public void Read(Span<float> target)
    {
        int place = 0;
        for (int i = 0; i < _readers.Length; i++)
        {
            Span<float> own = target.Slice(place, columns[i].Size);
            _readers[i](own);
            foreach (float number in own)
            {
                if (!float.IsFinite(number) && !(mayBeMissing && float.IsNaN(number)))
                {
                    throw new InvalidOperationException(FormattableString.Invariant(
                        $"{role} '{columns[i].Name}': row {row.Position} (counted from 0) holds {number}, not a finite number."));
                }
            }
            place += own.Length;
        }
    }

    private static Reader CreateReader(DataViewRow row, ForecastColumn column)
    {
        DataViewSchema.Column found = row.Schema[column.Name];
        if (column.IsKey)
        {
            Func<ulong> key = KeyReader.Scalar(row, found);
            return target =>
            {
                target.Clear();
                ulong value = key();
                if (value > 0 && value <= (ulong)target.Length)
                    target[(int)value - 1] = 1;
            };
        }
        if (found.Type is VectorDataViewType)
        {
            var vector = new VectorReader(row, found);
            return target => vector.Read().CopyTo(target);
        }
        if (found.Type is BooleanDataViewType)
        {
            ValueGetter<bool> flag = row.GetGetter<bool>(found);
            return target =>
            {
                bool isSet = false;
                flag(ref isSet);
                target[0] = isSet ? 1 : 0;
            };
        }
        ValueGetter<float> number = row.GetGetter<float>(found);
        return target => number(ref target[0]);
    }
}
