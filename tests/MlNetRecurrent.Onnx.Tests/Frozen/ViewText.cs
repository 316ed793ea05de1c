using System.Globalization;
using System.IO.Hashing;
using System.Reflection;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Onnx.Tests.Frozen;

/// <summary>What is in a view, as text that can be compared.</summary>
internal static class ViewText
{
    /// <summary>The name, the type, the number of rows and a hash of the values of each column.</summary>
    public static string Of(IDataView view, Func<string, bool> isWanted) =>
        string.Join("; ", view.Schema.Where(column => !column.IsHidden && isWanted(column.Name)).Select(column =>
        {
            string[] rows = [.. Rows(view, column)];
            ulong hash = XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\n', rows)));
            return string.Create(
                CultureInfo.InvariantCulture, $"{column.Name} {column.Type}: {rows.Length} rows, {hash:x16}, first [{rows[0]}]");
        }));

    private static IEnumerable<string> Rows(IDataView view, DataViewSchema.Column column)
    {
        Type item = column.Type is VectorDataViewType vector ? vector.ItemType.RawType : column.Type.RawType;
        const BindingFlags flags = BindingFlags.NonPublic | BindingFlags.Static;
        return (IEnumerable<string>)typeof(ViewText).GetMethod(nameof(RowsOf), flags)!
            .MakeGenericMethod(item).Invoke(null, [view, column])!;
    }

    private static IEnumerable<string> RowsOf<T>(IDataView view, DataViewSchema.Column column)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        if (column.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<T>> getter = cursor.GetGetter<VBuffer<T>>(column);
            VBuffer<T> values = default;
            while (cursor.MoveNext())
            {
                getter(ref values);
                yield return string.Join(' ', values.DenseValues().Select(Text));
            }
        }
        else
        {
            ValueGetter<T> getter = cursor.GetGetter<T>(column);
            T value = default!;
            while (cursor.MoveNext())
            {
                getter(ref value);
                yield return Text(value);
            }
        }
    }

    private static string Text<T>(T value) => value is float number
        ? BitConverter.SingleToUInt32Bits(number).ToString("x8", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
