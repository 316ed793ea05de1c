using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Data;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>Cuts windows; there is nothing to learn.</summary>
internal sealed class WindowEstimator(IHostEnvironment environment, WindowSettings settings) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        WindowSettings fitted = settings with
        {
            Features = new WindowSchema(settings, input.Schema).Features,
            KeyHashes = Array.ConvertAll(settings.InputColumnNames, name => KeyMeaning.HashOf(input.Schema[name])),
        };
        if (settings.OrderColumnName is { } order)
            OrderColumn.WarnIfUnknown(new(environment, WindowTransformer.Component, settings.Warnings), input.Schema[order]);
        return new WindowTransformer(environment, fitted, fittedOn: input);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in settings.InputColumnNames)
        {
            SchemaShape.Column column = SchemaShapeRules.Find(inputSchema, name);
            if (column.IsKey || column.ItemType != NumberDataViewType.Single || column.Kind == SchemaShape.Column.VectorKind.VariableVector)
                throw SchemaShapeRules.Unfit(nameof(inputSchema), column, "Single or a vector of Single of known size (ConvertType makes numbers Single, OneHotEncoding makes vectors of keys)");
        }
        if (settings.GroupColumnName is { } group && SchemaShapeRules.Find(inputSchema, group) is { Kind: not SchemaShape.Column.VectorKind.Scalar } vector)
            throw SchemaShapeRules.Unfit(nameof(inputSchema), vector, "a scalar, for groups");
        if (settings.OrderColumnName is { } order)
            SchemaShapeRules.ThrowIfNoOrder(SchemaShapeRules.Find(inputSchema, order));
        return SchemaShapeRules.With(
            inputSchema,
            SchemaShapeRules.Windows(settings.OutputColumnName, Array.ConvertAll(settings.InputColumnNames, name => SchemaShapeRules.Find(inputSchema, name))));
    }
}
