using MlNetRecurrent.Sequences.Engines;
using MlNetRecurrent.Sequences.Windows;
using MlNetRecurrent.Warnings;

[assembly: LoadableClass(typeof(WindowTransformer), null, typeof(SignatureLoadModel), "Sliding window", WindowTransformer.LoaderSignature)]

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>
/// Adds a column of windows. A view omits the rows without a window; a mapper of single rows remembers the previous rows.
/// </summary>
/// <param name="environment">The environment with the log.</param>
/// <param name="settings">The settings of sliding windows.</param>
/// <param name="fittedOn">The view that the transform was fitted on, which the rest of a pipeline is trained on; null if it was
/// loaded.</param>
/// <param name="memories">The list that the remembered rows are added to; null for none.</param>
internal sealed class WindowTransformer(
    IHostEnvironment environment, WindowSettings settings, IDataView? fittedOn = null, List<IRowMemory>? memories = null)
    : SequenceTransformer<WindowSettings>(settings, Version), IRemembersRows
{
    /// <summary>The transform, as the log shows it.</summary>
    public const string Component = "SlidingWindow";

    internal const string LoaderSignature = "MlNetRecurrentWindow";

    private readonly WindowWarnings _warnings = new(settings, new WarningLog(environment, Component, settings.Warnings));
    private IDataView? _fittedOn = fittedOn;

    private static VersionInfo Version => LoaderVersion.Of("MLNRWIND", LoaderSignature);

    public ITransformer RegisterIn(List<IRowMemory> memories) => new WindowTransformer(environment, Settings, memories: memories);

    protected override DerivedView MakeView(IDataView input)
    {
        bool isTraining = ReferenceEquals(Interlocked.CompareExchange(ref _fittedOn, null, input), input);
        if (!isTraining && !Settings.StrideInTrainingOnly)
            _warnings.StrideHolds();
        _warnings.CheckRows(input);
        WindowSettings held = !isTraining && Settings.StrideInTrainingOnly ? Settings with { Stride = 1 } : Settings;
        return new WindowView(held.Bind(input.Schema), input, environment, _warnings);
    }

    protected override DerivedRowMapper MakeMapper(DataViewSchema inputSchema)
    {
        WindowSchema schema = Settings.Bind(inputSchema);
        schema.ThrowIfHorizonsDiffer();
        return new(schema, (input, columns) => new WindowRow(schema, input, columns, memories));
    }

    private static WindowTransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        new(environment, Load(context, Version));
}
