using MlNetRecurrent.Sequences.Engines;
using MlNetRecurrent.Sequences.Filling;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Warnings;

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

    private bool _isOriginTold;

    private static VersionInfo Version => LoaderVersion.Of("MLNRFILL", LoaderSignature);

    public ITransformer RegisterIn(List<IRowMemory> memories) => new FillTransformer(environment, Settings, memories);

    protected override DerivedView MakeView(IDataView input)
    {
        if (!_isOriginTold && RowOrigin.Find(input, Settings.GroupColumnName) is { } cause)
        {
            _isOriginTold = true;
            new WarningLog(environment, Component, Settings.Warnings).Warn(
                RecurrentWarning.RowsNotConsecutive, MessageSensitivity.None,
                $"{cause} before missing values are filled, so that they are filled from rows that are not next to them. " +
                "Split with ml.Data.TimeSplit or ml.Data.RollingOriginSplit, or by group (samplingKeyColumnName).");
        }
        return new FillView(Settings.Bind(input.Schema), input, environment);
    }

    /// <summary>The mapper has a schema; only a row with an interpolated column is refused, with the reason.</summary>
    protected override DerivedRowMapper MakeMapper(DataViewSchema inputSchema)
    {
        FillSchema schema = Settings.Bind(inputSchema);
        return new(schema, (input, columns) => Settings.Fill == MissingValueFill.Forward || !schema.MakesAny(columns)
            ? new FillRow(schema, input, columns, memories)
            : throw new InvalidOperationException(
                $"{Component} interpolates column '{Settings.InputColumnName}', for which it needs the rows after a missing value. " +
                "Row by row, as a PredictionEngine does it, they are not known. Score a view instead, " +
                $"use {nameof(MissingValueFill)}.{nameof(MissingValueFill.Forward)}, " +
                "or interpolate the data before it is given to a pipeline without this transform."));
    }

    private static FillTransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        new(environment, Load(context, Version));
}
