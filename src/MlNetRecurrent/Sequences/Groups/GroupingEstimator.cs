using Microsoft.ML;
using Microsoft.ML.Runtime;
using MlNetRecurrent.Interop;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Groups;

/// <summary>Groups rows; there is nothing to learn.</summary>
internal sealed class GroupingEstimator(IHostEnvironment environment, GroupingSettings settings) : IEstimator<ITransformer>
{
    public ITransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        GetOutputSchema(SchemaShapes.Of(input.Schema));
        var transformer = new GroupingTransformer(environment, settings with { KeyHashes = Array.ConvertAll(settings.SequenceColumnNames, name => GroupingSchema.HashOf(input.Schema[name])) });
        transformer.GetOutputSchema(input.Schema);
        if (settings.OrderColumnName is { } order)
            OrderColumn.WarnIfUnknown(new(environment, GroupingTransformer.Component, settings.Warnings), input.Schema[order]);
        return transformer;
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (SchemaShapeRules.Find(inputSchema, settings.GroupColumnName) is { Kind: not SchemaShape.Column.VectorKind.Scalar } group)
            throw SchemaShapeRules.Unfit(nameof(inputSchema), group, "a scalar, for groups");
        if (settings.OrderColumnName is { } order)
            SchemaShapeRules.ThrowIfNoOrder(SchemaShapeRules.Find(inputSchema, order));
        return new(settings.OutputColumnNames().Select(name => Promise(SchemaShapeRules.Find(inputSchema, name))));
    }

    private SchemaShape.Column Promise(SchemaShape.Column column)
    {
        if (!settings.SequenceColumnNames.Contains(column.Name))
            return column;
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector || (column.Kind == SchemaShape.Column.VectorKind.Vector && column.IsKey))
            throw SchemaShapeRules.Unfit(nameof(column), column, "a scalar or a vector of known size that holds no keys: one step of a sequence");
        IEnumerable<SchemaShape.Column> meaning = column.Kind == SchemaShape.Column.VectorKind.Vector ? SchemaShapeRules.KeyMeaningOf(column) : [];
        return SchemaShapes.With(
            column.Name, SchemaShape.Column.VectorKind.VariableVector, column.ItemType, column.IsKey,
            [.. SchemaShapes.KeyValues(column, AnnotationNames.KeyValues), .. meaning]);
    }
}
