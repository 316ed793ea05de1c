namespace MlNetRecurrent.Checks;

/// <summary>Checks the arguments of a method that evaluates scored data.</summary>
internal static class EvaluationCheck
{
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">The scored data.</param>
    /// <param name="columns">The names of columns, each with its parameter.</param>
    /// <exception cref="ArgumentException">An argument is null, or a name is empty.</exception>
    public static void ThrowIfMissing(object? catalog, IDataView? data, params ReadOnlySpan<(string? Name, string Parameter)> columns)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        foreach ((string? name, string parameter) in columns)
            ArgumentException.ThrowIfNullOrEmpty(name, parameter);
    }
}
