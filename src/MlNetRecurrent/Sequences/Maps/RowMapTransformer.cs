using MlNetRecurrent.Sequences.Maps;

[assembly: LoadableClass(
    typeof(RowMapTransformer), null, typeof(SignatureLoadModel), "Sequence transform", RowMapTransformer.LoaderSignature)]

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Adds the column that a map makes of each row.</summary>
internal sealed class RowMapTransformer(RowMap map) : SequenceTransformer<RowMap>(map, Version)
{
    internal const string LoaderSignature = "MlNetRecurrentRowMap";

    private static VersionInfo Version => LoaderVersion.Of("MLNRSEQM", LoaderSignature);

    public RowMap Map => Settings;

    protected override DerivedView MakeView(IDataView input) => new RowMapView(Map.Bind(input.Schema), input);

    protected override DerivedRowMapper MakeMapper(DataViewSchema inputSchema)
    {
        RowMapSchema schema = Map.Bind(inputSchema);
        return new(schema, (input, columns) => new RowMapRow(schema, input, columns));
    }

    private static RowMapTransformer Create(IHostEnvironment environment, ModelLoadContext context) =>
        new(Load(context, Version));
}
