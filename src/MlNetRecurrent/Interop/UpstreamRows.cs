using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Interop;

/// <summary>Finds the rows that a row of a <c>PredictionEngine</c> is made of, through the transforms of ML.NET.</summary>
internal static class UpstreamRows
{
    /// <summary>The rows of one kind, the last one first. A transform that wraps rows in another way ends the search.</summary>
    public static IEnumerable<T> OfType<T>(DataViewRow row)
    {
        for (DataViewRow? next = row; next is not null; next = InputOf(next))
        {
            if (next is T found)
                yield return found;
        }
    }

    private static DataViewRow? InputOf(DataViewRow row) => row switch
    {
        IDerivedRow derived => derived.Input,
        WrappingRow wrapping => InputOf(wrapping),
        _ => null,
    };

    /// <summary>The property is protected.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Input")]
    private static extern DataViewRow InputOf(WrappingRow row);
}
