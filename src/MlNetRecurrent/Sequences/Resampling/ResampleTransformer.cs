using MlNetRecurrent.Sequences.Resampling;

[assembly: LoadableClass(
    typeof(ResampleTransformer), null, typeof(SignatureLoadModel), "Resampling", ResampleTransformer.LoaderSignature)]

namespace MlNetRecurrent.Sequences.Resampling;

/// <summary>Makes a row of each interval.</summary>
internal sealed class ResampleTransformer(IHostEnvironment environment, ResampleSettings settings)
    : SequenceTransformer<ResampleSettings>(settings, Version)
{
    /// <summary>The transform, as the log shows it.</summary>
    public const string Component = "Resample";

    internal const string LoaderSignature = "MlNetRecurrentResample";

    private static VersionInfo Version => LoaderVersion.Of("MLNRRSMP", LoaderSignature);

    protected override DerivedView MakeView(IDataView input) => new ResampleView(Settings.Bind(input.Schema), input, environment);

    /// <summary>The mapper has a schema; only a row of it is refused, with the reason.</summary>
    protected override DerivedRowMapper MakeMapper(DataViewSchema inputSchema) =>
        new(Settings.Bind(inputSchema), (_, _) => throw new InvalidOperationException(
            $"{Component} makes one row of all rows of an interval of column '{Settings.OrderColumnName}'. " +
            "Row by row, as a PredictionEngine does it, the rows of an interval are not known. " +
            "Score a view instead, or resample the data before it is given to a pipeline without this transform."));

    private static ResampleTransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        new(environment, Load(context, Version));
}
