using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Learns a map of rows, if there is anything to learn.</summary>
internal sealed class RowMapEstimator : IEstimator<ITransformer>
{
    private readonly IHost _host;
    private readonly RowMap _map;

    public RowMapEstimator(IHostEnvironment environment, RowMap map)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(map.OutputColumnName, "outputColumnName");
        foreach (string name in map.InputColumnNames)
            ArgumentException.ThrowIfNullOrWhiteSpace(name, "inputColumnName");
        _host = environment.Register(nameof(RowMapEstimator));
        _map = map;
    }

    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        RowMap learned = _map.Learn(input, () => CatalogEnvironment.ThrowIfCancelled(_host));
        learned.Bind(input.Schema);
        if (learned.Remark(input.Schema) is { } remark)
        {
            using IChannel channel = _host.Start("Fitting");
            channel.Info(MessageSensitivity.Schema, "{0}", remark);
        }
        return new RowMapTransformer(learned);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return SchemaShapeRules.With(inputSchema, _map.Promise(inputSchema));
    }
}
