namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Reads a column of the current row, whose values groups keep.</summary>
internal abstract class GroupColumn
{
    /// <summary>The column of the input that becomes a column of the output.</summary>
    public static GroupColumn Of(DataViewRow row, DataViewSchema.Column output, bool isSequence)
    {
        DataViewSchema.Column input = row.Schema[output.Name];
        return (isSequence, input.Type is VectorDataViewType) switch
        {
            (true, false) => TypeDispatch.Call(OfSteps<int>, input.Type, row, input),
            (true, true) => TypeDispatch.Call(OfVectors<int>, input.Type, row, input),
            (false, false) => TypeDispatch.Call(OfLast<int>, input.Type, row, input),
            (false, true) => TypeDispatch.Call(OfLastVector<int>, input.Type, row, input),
        };
    }

    /// <summary>Reads the value of the current row. No group changes.</summary>
    /// <exception cref="InvalidOperationException">It is a vector of another length than its type says.</exception>
    public abstract void Read();

    /// <summary>Makes the values of the column in a new group.</summary>
    public abstract GroupValues MakeValues();

    /// <summary>A getter of the column of the output.</summary>
    /// <param name="current">The current group.</param>
    /// <param name="index">The column.</param>
    public abstract Delegate MakeGetter(Func<GroupRows> current, int index);

    private static GroupColumn OfSteps<T>(DataViewRow row, DataViewSchema.Column column) => StepValues<T>.Of(row.GetGetter<T>(column));

    private static GroupColumn OfVectors<T>(DataViewRow row, DataViewSchema.Column column) => StepValues<T>.Of(row, column);

    private static GroupColumn OfLast<T>(DataViewRow row, DataViewSchema.Column column) => LastValue<T>.OfScalar(row.GetGetter<T>(column));

    private static GroupColumn OfLastVector<T>(DataViewRow row, DataViewSchema.Column column) => new LastVector<T>(row, column);
}

/// <summary>The values of a column in the rows of a group.</summary>
internal abstract class GroupValues
{
    /// <summary>Adds the value that the column has read.</summary>
    public abstract void Append();

    /// <summary>Forgets the value that was added last.</summary>
    public abstract void RemoveLast();

    /// <summary>Writes the values.</summary>
    public abstract void Write(BinaryWriter writer);

    /// <param name="reader">The output of <see cref="Write"/>.</param>
    /// <param name="rows">The rows of the group.</param>
    /// <exception cref="InvalidDataException">The number of values does not match the number of rows.</exception>
    public abstract void Read(BinaryReader reader, int rows);

    /// <summary>Copies text, which may be in a buffer that is reused.</summary>
    public static T Own<T>(T value) => value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;
}
