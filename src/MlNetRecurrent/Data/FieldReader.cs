namespace MlNetRecurrent.Data;

/// <summary>
/// Reads one column of the current row. <see cref="Read"/> comes first, so that a row that is rejected adds nothing to a set.
/// </summary>
internal abstract class FieldReader
{
    /// <summary>The number of steps that were read; null for one value for all steps.</summary>
    public abstract int? Steps { get; }

    public static FieldReader Open(DataViewRow row, SequenceColumn column)
    {
        if (!column.IsStatic)
            return SequenceFieldReader.Open(row, column);
        DataViewSchema.Column found = row.Schema[column.Name];
        return column.HoldsTokens ? new StaticTokenReader(row, found, column) : new StaticNumberReader(row, found);
    }

    /// <summary>Reads the current row.</summary>
    /// <exception cref="InvalidOperationException">The row has an incomplete step, or a value that a network cannot read.</exception>
    public abstract void Read();

    /// <summary>Reads the current row, unless it is an incomplete window.</summary>
    /// <exception cref="InvalidOperationException">As <see cref="Read"/>.</exception>
    public virtual bool TryReadWindow()
    {
        Read();
        return true;
    }

    /// <summary>Adds what was read to a set, as the next field of an example.</summary>
    public abstract void AddTo(SequenceSet set);
}
