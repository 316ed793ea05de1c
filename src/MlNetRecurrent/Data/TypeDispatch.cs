using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace MlNetRecurrent.Data;

/// <summary>
/// Calls a generic static method with the type of a column's items, which is known only at run time. The method is named with any type
/// argument: <c>TypeDispatch.Call(Make&lt;int&gt;, column.Type, row, column)</c> calls <c>Make&lt;T&gt;(row, column)</c>.
/// </summary>
internal static class TypeDispatch
{
    /// <param name="method">The method, with any type argument. Its result must not depend on it.</param>
    /// <param name="type">The type of a column. Of a vector, the type of the items is taken.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    public static TResult Call<T1, T2, TResult>(Func<T1, T2, TResult> method, DataViewType type, T1 first, T2 second) =>
        (TResult)Invoke(method, type, first, second);

    /// <inheritdoc cref="Call{T1, T2, TResult}"/>
    public static TResult Call<T1, T2, T3, TResult>(Func<T1, T2, T3, TResult> method, DataViewType type, T1 first, T2 second, T3 third) =>
        (TResult)Invoke(method, type, first, second, third);

    /// <inheritdoc cref="Call{T1, T2, TResult}"/>
    public static TResult Call<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> method, DataViewType type, T1 first, T2 second, T3 third, T4 fourth) =>
        (TResult)Invoke(method, type, first, second, third, fourth);

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = RecordJson.Untrimmed)]
    private static object Invoke(Delegate method, DataViewType type, params object?[] arguments)
    {
        Type item = type is VectorDataViewType vector ? vector.ItemType.RawType : type.RawType;
        MethodInfo typed = method.Method.GetGenericMethodDefinition().MakeGenericMethod(item);
        return typed.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
    }
}
