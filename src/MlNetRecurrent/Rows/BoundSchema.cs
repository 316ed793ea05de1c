namespace MlNetRecurrent.Rows;

/// <summary>
/// A transformer bound to the schema of its input: the columns that come out, and the columns of the input that they need. Views, cursors,
/// rows and mappers of a transformer share one. Unless overridden, the columns of the input come first and are passed on.
/// </summary>
/// <param name="input">The schema of the input.</param>
internal abstract class BoundSchema(DataViewSchema input)
{
    public DataViewSchema Input => input;

    public abstract DataViewSchema Output { get; }

    /// <summary>Columns of the input that are read whatever columns are asked for, since they say which rows there are.</summary>
    protected virtual IEnumerable<string> RowColumnNames => [];

    /// <summary>The column of the input that a column of the output is; <see langword="null"/> where the transformer makes it.</summary>
    public virtual DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => column.Index < input.Count ? input[column.Index] : null;

    /// <summary>Whether the transformer makes any of these columns of the output.</summary>
    public bool MakesAny(IEnumerable<DataViewSchema.Column> columns) => columns.Any(column => SourceOf(column) is null);

    /// <summary>The columns of the input that these columns of the output need.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
    {
        HashSet<int> needed = [.. RowColumnNames.Select(name => input[name].Index)];
        foreach (DataViewSchema.Column column in columns)
        {
            if (SourceOf(column) is { } source)
                needed.Add(source.Index);
            else
                needed.UnionWith(InputsOf(column).Select(name => input[name].Index));
        }
        return input.Where(column => needed.Contains(column.Index));
    }

    /// <summary>The names of the columns of the input that a column is made of.</summary>
    /// <param name="made">A column of the output that the transformer makes.</param>
    protected abstract IEnumerable<string> InputsOf(DataViewSchema.Column made);
}
