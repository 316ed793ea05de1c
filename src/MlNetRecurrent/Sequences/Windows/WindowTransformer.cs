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
    /// <summary>The transform, as the log shows it.</summary>
    public const string Component = "SlidingWindow";

    private WarningLog Warnings { get; } = new(environment, Component, settings.Warnings);

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new WindowView(Bind(input.Schema), input, environment);
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
