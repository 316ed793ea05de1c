using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Sequences.Engines;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Makes a row of each group. As a mapper of single rows it remembers the rows that it was fed.</summary>
internal sealed partial class GroupingTransformer(
    IHostEnvironment environment, GroupingSettings settings, List<IRowMemory>? memories = null) : ITransformer, IRemembersRows
{
    /// <summary>The transform, as the log shows it.</summary>
    public const string Component = "GroupIntoSequences";

    private WarningLog Warnings { get; } = new(environment, Component, settings.Warnings);

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        bool isSorted = settings is { OrderColumnName: not null, ChecksOrder: false };
        if (RowOrigin.Find(input, settings.GroupColumnName, isSorted) is { } cause)
        {
            Warnings.Warn(
                RecurrentWarning.RowsNotConsecutive, MessageSensitivity.None,
                $"{cause} before they are grouped, so that sequences lack rows or have them out of order. " +
                "Split and shuffle after GroupIntoSequences, or give the group as samplingKeyColumnName.");
        }
        return new GroupingView(Bind(input.Schema), input, environment);
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => new GroupingMapper(Bind(inputSchema), memories);

    public ITransformer RegisterIn(List<IRowMemory> memories) => new GroupingTransformer(environment, settings, memories);

    private GroupingSchema Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(settings, inputSchema);
    }
}
