using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Adds the column that a map makes of each row.</summary>
internal sealed partial class RowMapTransformer(RowMap map) : ITransformer
{
    public bool IsRowToRowMapper => true;

    public RowMap Map => map;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new RowMapView(Bind(input.Schema), input);
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new RowMapMapper(Bind(inputSchema));

    private RowMapSchema Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(map, inputSchema);
    }
}
