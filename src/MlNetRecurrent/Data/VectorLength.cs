namespace MlNetRecurrent.Data;

/// <summary>Rejects vectors that do not have the length of their type. ML.NET does not check it.</summary>
internal static class VectorLength
{
    /// <param name="row">The row.</param>
    /// <param name="column">The column of the vector. A type without a size accepts any length.</param>
    /// <param name="found">The length of the vector.</param>
    /// <param name="role">The role of the column in the message.</param>
    /// <exception cref="InvalidOperationException">The length differs.</exception>
    public static void ThrowIfOther(DataViewRow row, DataViewSchema.Column column, int found, string role = "Column")
    {
        if (column.Type is VectorDataViewType { IsKnownSize: true } type && type.Size != found)
        {
            throw new InvalidOperationException(
                $"{role} '{column.Name}': row {row.Position} (counted from 0) holds a vector of length {found}; " +
                $"its type, {type}, says {type.Size}. " +
                "Give every row as many values as the type says; where sequences differ in length, declare the column without a size.");
        }
    }
}
