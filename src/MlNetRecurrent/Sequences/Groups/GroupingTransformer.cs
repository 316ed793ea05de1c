using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Makes a row of each group. As a mapper of single rows it remembers the rows that it was fed.</summary>
internal sealed partial class GroupingTransformer(IHostEnvironment environment, GroupingSettings settings) : ITransformer
{
    /// <summary>The transform, as the log shows it.</summary>
    public const string Component = "GroupIntoSequences";

    private WarningLog Warnings { get; } = new(environment, Component, settings.Warnings);

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new GroupingView(Bind(input.Schema), input, environment);
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new GroupingMapper(Bind(inputSchema));

    private GroupingSchema Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(settings, inputSchema);
    }
}
