using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Holds schemas against each other.</summary>
internal static class SchemaChecks
{
    private static readonly MethodInfo _read = typeof(SchemaChecks).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The schema that an estimator promised against the one that came.</summary>
    public static void AssertSame(SchemaShape promised, DataViewSchema schema) => AssertSame(promised, Interop.SchemaShapes.Of(schema));

    /// <summary>Two schemas, with their hidden columns and the values of all annotations.</summary>
    public static void AssertIdentical(DataViewSchema expected, DataViewSchema actual)
    {
        Assert.Equal(
            expected.Select(column => (column.Name, column.Type, column.IsHidden)),
            actual.Select(column => (column.Name, column.Type, column.IsHidden)));
        foreach ((DataViewSchema.Annotations annotations, DataViewSchema.Annotations found) in expected.Zip(
            actual, (column, other) => (column.Annotations, other.Annotations)))
        {
            Assert.Equal(
                annotations.Schema.Select(column => (column.Name, column.Type)),
                found.Schema.Select(column => (column.Name, column.Type)));
            foreach ((DataViewSchema.Column annotation, DataViewSchema.Column other) in annotations.Schema.Zip(found.Schema))
                Assert.Equal(ValueOf(annotations, annotation), ValueOf(found, other));
        }
    }

    private static void AssertSame(SchemaShape promised, SchemaShape found)
    {
        Dictionary<string, SchemaShape.Column> before = promised.ToDictionary(column => column.Name);
        Assert.Equal(before.Keys.Order(), found.Select(column => column.Name).Order());
        foreach (SchemaShape.Column column in found)
        {
            Assert.Equal(before[column.Name].Kind, column.Kind);
            Assert.Equal(before[column.Name].ItemType, column.ItemType);
            Assert.Equal(before[column.Name].IsKey, column.IsKey);
            AssertSame(before[column.Name].Annotations, column.Annotations);
        }
    }

    private static object ValueOf(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation) =>
        _read.MakeGenericMethod(annotation.Type.RawType).Invoke(null, [annotations, annotation.Name])!;

    private static object Read<T>(DataViewSchema.Annotations annotations, string name)
    {
        T value = default!;
        annotations.GetValue(name, ref value);
        return value switch
        {
            VBuffer<ReadOnlyMemory<char>> texts => texts.DenseValues().Select(text => text.ToString()).ToArray(),
            VBuffer<double> numbers => numbers.DenseValues().ToArray(),
            _ => value!,
        };
    }
}
