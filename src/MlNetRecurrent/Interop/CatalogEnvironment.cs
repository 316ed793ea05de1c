namespace MlNetRecurrent.Interop;

/// <summary>The environment (log, seed, cancellation) of a catalog.</summary>
internal static class CatalogEnvironment
{
    public static IHostEnvironment Of(TrainCatalogBase.CatalogInstantiatorBase catalog) => CatalogUtils.GetEnvironment(catalog);

    public static IHostEnvironment Of(TrainCatalogBase catalog) => CatalogUtils.GetEnvironment(catalog);

    public static IHostEnvironment Of(TransformsCatalog catalog) => CatalogUtils.GetEnvironment(catalog);

    /// <summary>The operations on data of an environment.</summary>
    public static DataOperationsCatalog DataOf(IHostEnvironment environment) => new(environment);

    /// <summary>Throws <see cref="OperationCanceledException"/> where cancellation was requested from ML.NET.</summary>
    public static void ThrowIfCancelled(IHost host) => host.CheckAlive();
}
