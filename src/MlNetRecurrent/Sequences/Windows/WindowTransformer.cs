using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>
/// Adds a column of the last rows. A view loses the rows that have no window; as a mapper of single rows it remembers the rows that it was fed.
/// </summary>
internal sealed partial class WindowTransformer(IHostEnvironment environment, WindowSettings settings) : ITransformer
{
    private WarningLog Warnings { get; } = new(environment, "SlidingWindow", settings.Warnings);

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new WindowView(Bind(input.Schema), input);
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        WindowSchema schema = Bind(inputSchema);
        schema.ThrowIfHorizonsDiffer();
        return new WindowMapper(schema);
    }

    private WindowSchema Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(settings, inputSchema);
    }
}
