using System.Collections;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests;

/// <summary>Reads columns of any type as values that can be compared: vectors as dense arrays, text as strings.</summary>
internal static class Rows
{
    private static readonly MethodInfo _ofValues = Method(nameof(OfValues)), _ofVectors = Method(nameof(OfVectors));

    /// <summary>All rows, of all columns, the hidden ones too.</summary>
    public static object[][] Of(IDataView view) => Of(view, [.. view.Schema]);

    /// <summary>All rows of some columns.</summary>
    public static object[][] Of(IDataView view, params DataViewSchema.Column[] columns)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        return Of(cursor, columns);
    }

    /// <summary>The rows that a cursor has before it, of some columns.</summary>
    public static object[][] Of(DataViewRowCursor cursor, params DataViewSchema.Column[] columns)
    {
        Func<object>[] getters = Array.ConvertAll(columns, column => Getter(cursor, column));
        var rows = new List<object[]>();
        while (cursor.MoveNext())
            rows.Add(Array.ConvertAll(getters, getter => getter()));
        return [.. rows];
    }

    /// <summary>Reads a column of the row on which a cursor stands.</summary>
    public static Func<object> Getter(DataViewRow row, DataViewSchema.Column column)
    {
        MethodInfo make = column.Type is VectorDataViewType vector
            ? _ofVectors.MakeGenericMethod(vector.ItemType.RawType)
            : _ofValues.MakeGenericMethod(column.Type.RawType);
        return (Func<object>)make.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [row, column], null)!;
    }

    /// <summary>Fails where rows are not the same, and says which value is another.</summary>
    public static void AssertEqual(object[][] expected, object[][] actual)
    {
        Assert.NotEmpty(expected);
        Assert.Equal(expected.Length, actual.Length);
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.Equal(expected[row].Length, actual[row].Length);
            for (int column = 0; column < expected[row].Length; column++)
            {
                (object wanted, object found) = (expected[row][column], actual[row][column]);
                if (!AreEqual(wanted, found))
                    Assert.Fail($"Row {row}, column {column} (counted from 0): expected {Text(wanted)}, found {Text(found)}.");
            }
        }
    }

    public static bool AreEqual(object expected, object actual) =>
        StructuralComparisons.StructuralEqualityComparer.Equals(expected, actual);

    private static string Text(object value) => value is Array items ? $"[{string.Join(", ", items.Cast<object>())}]" : $"{value}";

    private static MethodInfo Method(string name) => typeof(Rows).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;

    private static Func<object> OfValues<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Plain(value);
        };
    }

    private static Func<object> OfVectors<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            getter(ref values);
            object[] read = [.. values.DenseValues().Select(Plain)];
            // A vector belongs to whoever has read it.
            VBufferEditor.CreateFromBuffer(ref values).Values.Clear();
            return read;
        };
    }

    private static object Plain<T>(T value) => value is ReadOnlyMemory<char> text ? text.ToString() : value!;
}
