namespace MlNetRecurrent.Evaluation;

/// <summary>The columns of a table with forecasts, checked against each other.</summary>
internal sealed record ForecastTable
{
    public required IReadOnlyList<DataViewSchema.Column> Targets { get; init; }

    public required DataViewSchema.Column Forecast { get; init; }

    /// <summary>The quantiles; null where there are none.</summary>
    public DataViewSchema.Column? Quantiles { get; init; }

    public DataViewSchema.Column? Series { get; init; }

    /// <summary>The levels of the quantiles.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [];

    /// <summary>The number of steps of a forecast.</summary>
    public int Horizon => ((VectorDataViewType)Forecast.Type).Size / Targets.Count;

    public IEnumerable<DataViewSchema.Column> All =>
        [.. Targets, Forecast, .. new[] { Quantiles, Series }.Where(column => column is not null).Select(column => column!.Value)];

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or has the wrong type.</exception>
    public static ForecastTable Find(
        IDataView data, IReadOnlyList<string> targets, string? series, string forecast, string? quantiles)
    {
        DataViewSchema.Column found = FindVector(data, "Forecast", forecast);
        int size = ((VectorDataViewType)found.Type).Size;
        if (size % targets.Count != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(data), found.Type.ToString(),
                $"Forecast column '{forecast}' has {size} values, which are not whole steps of {targets.Count} targets.");
        }
        var table = new ForecastTable
        {
            Targets = [.. targets.Select(name => FindTarget(data, name))],
            Forecast = found,
            Series = series is null ? null : Find(data, "Series", series),
        };
        return quantiles is null ? table : table.WithQuantiles(data, FindVector(data, "Quantile", quantiles), size);
    }

    private ForecastTable WithQuantiles(IDataView data, DataViewSchema.Column column, int values)
    {
        int size = ((VectorDataViewType)column.Type).Size;
        VBuffer<float> levels = default;
        if (column.Annotations.Schema.GetColumnOrNull(AnnotationNames.QuantileLevels) is not null)
            column.Annotations.GetValue(AnnotationNames.QuantileLevels, ref levels);
        if (levels.Length == 0 || size != values * levels.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(data), column.Type.ToString(),
                $"Quantile column '{column.Name}' has {size} values and {levels.Length} levels; expected {values} values for each level, "
                + "as a recurrent forecast makes it.");
        }
        if (levels.DenseValues().Zip(levels.DenseValues().Skip(1)).Any(pair => !(pair.Second > pair.First)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(data), string.Join(", ", levels.DenseValues()), $"The levels of quantile column '{column.Name}' do not rise.");
        }
        // Levels such as 0.1 are told as they were given, not as the nearest Single.
        return this with { Quantiles = column, Levels = [.. levels.DenseValues().Select(level => Math.Round((double)level, 6))] };
    }

    private static DataViewSchema.Column FindTarget(IDataView data, string name)
    {
        DataViewSchema.Column column = Find(data, "Target", name);
        return column.Type == NumberDataViewType.Single
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(data), column.Type.ToString(), $"Target column '{name}' is {column.Type}; expected Single.");
    }

    private static DataViewSchema.Column FindVector(IDataView data, string role, string name)
    {
        DataViewSchema.Column column = Find(data, role, name);
        return column.Type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single
            ? column
            : throw new ArgumentOutOfRangeException(
                nameof(data), column.Type.ToString(),
                $"{role} column '{name}' is {column.Type}; expected a vector of Single of known size.");
    }

    private static DataViewSchema.Column Find(IDataView data, string role, string name) => data.Schema.GetColumnOrNull(name)
        ?? throw new ArgumentOutOfRangeException(
            nameof(data), name,
            $"{role} column '{name}' is missing. The data has: {string.Join(", ", data.Schema.Select(column => column.Name))}.");
}
