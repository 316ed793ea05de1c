using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Sequences.Engines;
using MlNetRecurrent.Warnings;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>
/// Adds a column of the last rows. A view loses the rows that have no window; as a mapper of single rows it remembers the rows that it was fed.
/// </summary>
/// <param name="environment">The environment with the log.</param>
/// <param name="settings">How windows are cut.</param>
/// <param name="fittedOn">The view that the transform was fitted on, which the rest of a pipeline is trained on; null where it comes from a
/// file.</param>
/// <param name="memories">Where the rows that are remembered are registered; null where nobody asks for them.</param>
internal sealed partial class WindowTransformer(
    IHostEnvironment environment, WindowSettings settings, IDataView? fittedOn = null, List<IRowMemory>? memories = null)
    : ITransformer, IRemembersRows
{
    /// <summary>The transform, as the log shows it.</summary>
    public const string Component = "SlidingWindow";

    private readonly WindowWarnings _warnings = new(settings, new WarningLog(environment, Component, settings.Warnings));
    private IDataView? _fittedOn = fittedOn;

    public bool IsRowToRowMapper => true;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => Bind(inputSchema).Output;

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        bool isTraining = ReferenceEquals(Interlocked.CompareExchange(ref _fittedOn, null, input), input);
        if (!isTraining && !settings.StrideInTrainingOnly)
            _warnings.StrideHolds();
        _warnings.CheckRows(input);
        WindowSettings held = !isTraining && settings.StrideInTrainingOnly ? settings with { Stride = 1 } : settings;
        return new WindowView(new(held, input.Schema), input, environment, _warnings);
    }

    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        WindowSchema schema = Bind(inputSchema);
        schema.ThrowIfHorizonsDiffer();
        return new WindowMapper(schema, memories);
    }

    public ITransformer RegisterIn(List<IRowMemory> memories) => new WindowTransformer(environment, settings, memories: memories);

    private WindowSchema Bind(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new(settings, inputSchema);
    }
}
