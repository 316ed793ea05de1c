using System.Runtime.CompilerServices;

namespace MlNetRecurrent.Interop;

/// <summary>Finds the view that another one reads its rows from.</summary>
internal static class ViewSource
{
    /// <summary>The view that a transform or a cache reads; null where it is none of the two.</summary>
    public static IDataView? Of(IDataView view) => view switch
    {
        IDataTransform transform => transform.Source,
        CacheDataView cache => CachedBy(cache),
        _ => null,
    };

    /// <summary>The field is private.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_subsetInput")]
    private static extern ref IDataView CachedBy(CacheDataView cache);
}
