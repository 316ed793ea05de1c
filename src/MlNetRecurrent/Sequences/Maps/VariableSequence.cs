using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;
using MlNetRecurrent.Interop;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>A sequence of a known number of steps as one of any number, for components that take no other.</summary>
internal sealed record VariableSequence : RowMap
{
    private static readonly MethodInfo _getter = typeof(VariableSequence).GetMethod(nameof(MakeGetter), BindingFlags.NonPublic | BindingFlags.Static)!;

    public required string InputColumnName { get; init; }

    /// <summary>Numbers of a step, or 0 where steps are keys.</summary>
    public required int Features { get; init; }

    public override IReadOnlyList<string> InputColumnNames => [InputColumnName];

    public override SchemaShape.Column Promise(SchemaShape input)
    {
        SchemaShape.Column column = SchemaShapeRules.Sequence(input, InputColumnName, orKeys: true);
        return SchemaShapes.With(OutputColumnName, SchemaShape.Column.VectorKind.VariableVector, column.ItemType, column.IsKey);
    }

    public override AddedColumn Bind(DataViewSchema input)
    {
        StepColumn column = StepColumn.Any(input, InputColumnName, Features, oneHotKeys: false);
        var vector = (VectorDataViewType)column.Column.Type;
        var type = Features > 0 ? new VectorDataViewType(vector.ItemType, 0, Features) : new VectorDataViewType(vector.ItemType);
        return new(type, new DataViewSchema.Annotations.Builder().ToAnnotations(), row => (Delegate)_getter.MakeGenericMethod(vector.ItemType.RawType).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column.Name], null)!);
    }

    protected override void ValidateMap()
    {
        if (Features is < 0 or >= 1 << 24)
            throw Damaged($"a step has {Features} features");
    }

    private static ValueGetter<VBuffer<T>> MakeGetter<T>(DataViewRow row, string name)
    {
        DataViewSchema.Column column = row.Schema[name];
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        return (ref VBuffer<T> value) =>
        {
            getter(ref value);
            VectorLength.ThrowIfOther(row, column, value.Length);
        };
    }
}
