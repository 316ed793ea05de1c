using MlNetRecurrent.Sequences.Engines;
using MlNetRecurrent.Sequences.Filling;

[assembly: LoadableClass(
    typeof(FillTransformer), null, typeof(SignatureLoadModel), "Filling of missing values", FillTransformer.LoaderSignature)]

namespace MlNetRecurrent.Sequences.Filling;

/// <summary>Adds a column without missing values. A mapper of single rows remembers the last known values.</summary>
internal sealed class FillTransformer(IHostEnvironment environment, FillSettings settings, List<IRowMemory>? memories = null)
    : SequenceTransformer<FillSettings>(settings, Version), IRemembersRows
{
    /// <summary>The transform, as the log shows it.</summary>
    public const string Component = "FillMissingValues";

    internal const string LoaderSignature = "MlNetRecurrentFill";

    private static VersionInfo Version => LoaderVersion.Of("MLNRFILL", LoaderSignature);

    public ITransformer RegisterIn(List<IRowMemory> memories) => new FillTransformer(environment, Settings, memories);

    protected override DerivedView MakeView(IDataView input) => new FillView(Settings.Bind(input.Schema), input, environment);

    protected override DerivedRowMapper MakeMapper(DataViewSchema inputSchema)
    {
        FillSchema schema = Settings.Bind(inputSchema);
        return new(schema, (input, columns) => new FillRow(schema, input, columns, memories));
    }

    private static FillTransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        new(environment, Load(context, Version));
}
