namespace MlNetRecurrent.Data;

/// <summary>Columns with one value a row, which every step of a sequence reads.</summary>
internal static class StaticColumn
{
    public const string Role = "Static column";

    private const string Expected =
        "expected Single, Boolean, a key, or a vector of Single of known size (ConvertType makes numbers Single, MapValueToKey makes keys)";

    /// <summary>Whether a column of this type can be read.</summary>
    /// <param name="item">The type of the value, or of an item of the vector.</param>
    /// <param name="isKey">Whether it is a key.</param>
    /// <param name="isVector">Whether it is a vector.</param>
    public static bool IsSupported(DataViewType item, bool isKey, bool isVector) =>
        (!isKey && item == NumberDataViewType.Single) || (!isVector && (isKey || item == BooleanDataViewType.Instance));

    /// <summary>Determines the content of a column from its type.</summary>
    /// <exception cref="InvalidOperationException">The column cannot be read.</exception>
    public static SequenceColumn Of(DataViewSchema.Column column)
    {
        DataViewType item = column.Type is VectorDataViewType type ? type.ItemType : column.Type;
        if (!IsSupported(item, item is KeyDataViewType, column.Type is VectorDataViewType))
            throw new InvalidOperationException(Unsupported(column.Name, column.Type.ToString()!));
        if (column.Type is VectorDataViewType { IsKnownSize: false })
        {
            throw new InvalidOperationException(
                $"{Role} '{column.Name}' is {column.Type}, whose size may differ from row to row; {Expected}. "
                + $"A column with values for each step belongs in {nameof(RecurrentOptions.FeatureColumnNames)}.");
        }
        return column.Type switch
        {
            KeyDataViewType key => new(column.Name, 0, SequenceColumn.CountOf(column.Name, key, Role)) { IsStatic = true },
            VectorDataViewType vector => new(column.Name, vector.Size, 0) { IsStatic = true },
            _ => new(column.Name, 1, 0) { IsStatic = true },
        };
    }

    public static string Unsupported(string name, string type) => $"{Role} '{name}' is {type}; {Expected}.";
}
