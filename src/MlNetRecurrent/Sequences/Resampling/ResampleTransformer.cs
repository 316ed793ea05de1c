using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Resampling;
using MlNetRecurrent.Warnings;

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

    private bool _isOriginTold;

    private static VersionInfo Version => LoaderVersion.Of("MLNRRSMP", LoaderSignature);

    protected override DerivedView MakeView(IDataView input)
    {
        if (!_isOriginTold && RowOrigin.Find(input, Settings.GroupColumnName) is { } cause)
        {
            _isOriginTold = true;
            new WarningLog(environment, Component, Settings.Warnings).Warn(
                RecurrentWarning.RowsNotConsecutive, MessageSensitivity.None,
                $"{cause} before they are resampled, so that intervals lack rows or have them out of order. " +
                "Split and shuffle after Resample, or give the group as samplingKeyColumnName.");
        }
        return new ResampleView(Settings.Bind(input.Schema), input, environment);
    }

    /// <summary>The mapper has a schema; only a row of it is refused, with the reason.</summary>
    protected override DerivedRowMapper MakeMapper(DataViewSchema inputSchema) =>
        new(Settings.Bind(inputSchema), (_, _) => throw new InvalidOperationException(
            $"{Component} makes one row of all rows of an interval of column '{Settings.OrderColumnName}'. " +
            "Row by row, as a PredictionEngine does it, the rows of an interval are not known. " +
            "Score a view instead, or resample the data before it is given to a pipeline without this transform."));

    private static ResampleTransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        new(environment, Load(context, Version));
}
