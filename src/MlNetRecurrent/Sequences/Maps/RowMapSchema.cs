using Microsoft.ML;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A map bound to the schema of its input.</summary>
internal sealed class RowMapSchema
{
    public RowMapSchema(RowMap map, DataViewSchema input)
    {
        Map = map;
        Input = input;
        Added = map.Bind(input);
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumn(map.OutputColumnName, Added.Type, Added.Annotations);
        Output = builder.ToSchema();
    }

    public RowMap Map { get; }

    public DataViewSchema Input { get; }

    /// <summary>The columns of the input, then the one that is added.</summary>
    public DataViewSchema Output { get; }

    public AddedColumn Added { get; }

    /// <summary>The columns of the input that these columns of the output need.</summary>
    public IEnumerable<DataViewSchema.Column> Dependencies(IEnumerable<DataViewSchema.Column> columns)
    {
        HashSet<int> needed = [];
        foreach (DataViewSchema.Column column in columns)
        {
            if (column.Index < Input.Count)
                needed.Add(column.Index);
            else
                needed.UnionWith(Map.InputColumnNames.Select(name => Input[name].Index));
        }
        return Input.Where(column => needed.Contains(column.Index));
    }

    /// <summary>The column of the input that a column of the output is; null for the one that is added.</summary>
    public DataViewSchema.Column? SourceOf(DataViewSchema.Column column) => column.Index < Input.Count ? Input[column.Index] : null;
}
