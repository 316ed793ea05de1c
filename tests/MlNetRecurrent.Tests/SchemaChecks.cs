using Microsoft.ML;

namespace MlNetRecurrent.Tests;

/// <summary>Holds the schema that an estimator promised against the one that came.</summary>
internal static class SchemaChecks
{
    public static void AssertSame(SchemaShape promised, DataViewSchema schema)
    {
        Dictionary<string, SchemaShape.Column> before = promised.ToDictionary(column => column.Name);
        SchemaShape after = Interop.SchemaShapes.Of(schema);
        Assert.Equal(before.Keys.Order(), after.Select(column => column.Name).Order());
        foreach (SchemaShape.Column column in after)
        {
            Assert.Equal(before[column.Name].Kind, column.Kind);
            Assert.Equal(before[column.Name].ItemType, column.ItemType);
            Assert.Equal(before[column.Name].IsKey, column.IsKey);
            Assert.Equal(before[column.Name].Annotations.Select(annotation => annotation.Name).Order(), column.Annotations.Select(annotation => annotation.Name).Order());
        }
    }
}
