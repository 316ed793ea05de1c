namespace MlNetRecurrent.Data;

/// <summary>Reads a column with a sequence of the current row.</summary>
internal abstract class SequenceFieldReader : FieldReader
{
    /// <summary>The number of steps of the current row, which is not read otherwise.</summary>
    public abstract int CountSteps();

    public static new SequenceFieldReader Open(DataViewRow row, SequenceColumn column)
    {
        DataViewSchema.Column found = row.Schema[column.Name];
        return column.HoldsTokens ? new TokenSequenceReader(row, found, column) : new NumberSequenceReader(row, found, column);
    }
}
