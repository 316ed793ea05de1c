using System.Text.Json.Serialization;

namespace MlNetRecurrent.Forecasting;

/// <summary>The columns that a forecast reads, and what becomes of them.</summary>
internal sealed record ForecastColumns
{
    public const string TargetRole = "Target column", PastRole = "Past column", KnownRole = "Known-ahead column";

    public required IReadOnlyList<ForecastColumn> Targets { get; init; }

    /// <summary>Columns that are known up to the row.</summary>
    public required IReadOnlyList<ForecastColumn> Past { get; init; }

    /// <summary>Columns that are known for the rows of the horizon, too.</summary>
    public required IReadOnlyList<ForecastColumn> KnownAhead { get; init; }

    /// <summary>Columns with one value for each series.</summary>
    public required IReadOnlyList<SequenceColumn> Statics { get; init; }

    /// <summary>The column with the series of a row; null where there is one series.</summary>
    public string? SeriesColumnName { get; init; }

    /// <summary>The column with the time of a row; null where the order of the rows is the time.</summary>
    public string? TimeColumnName { get; init; }

    /// <summary>The number of values of <see cref="KnownAhead"/>.</summary>
    [JsonIgnore]
    public int KnownSize => KnownAhead.Sum(column => column.Size);

    [JsonIgnore]
    public int PastSize => Past.Sum(column => column.Size);

    /// <summary>
    /// The numbers of a step that the network reads: for each target its level, its change and whether it is missing, then past and known
    /// values.
    /// </summary>
    [JsonIgnore]
    public int StepSize => 3 * Targets.Count + PastSize + KnownSize;

    public IEnumerable<string> Names =>
    [
        .. Targets.Select(column => column.Name), .. Past.Select(column => column.Name), .. KnownAhead.Select(column => column.Name),
        .. Statics.Select(column => column.Name),
        .. new[] { SeriesColumnName, TimeColumnName }.OfType<string>(),
    ];

    /// <exception cref="InvalidOperationException">A column cannot be read.</exception>
    public static ForecastColumns Find(DataViewSchema schema, ForecastOptions options) => new()
    {
        Targets = [.. options.TargetColumnNames.Select(name => TargetOf(schema[name]))],
        Past = [.. options.PastColumnNames.Select(name => ForecastColumn.Of(schema[name], PastRole))],
        KnownAhead = [.. options.KnownAheadColumnNames.Select(name => ForecastColumn.Of(schema[name], KnownRole))],
        Statics =
        [
            .. options.StaticColumnNames.Select(name => StaticColumn.Of(schema[name]) with { KeyHash = KeyMeaning.HashOf(schema[name]) }),
        ],
        SeriesColumnName = options.SeriesColumnName,
        TimeColumnName = options.TimeColumnName,
    };

    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    /// <exception cref="InvalidOperationException">A column is not what the model was trained on.</exception>
    public void ThrowIfNot(DataViewSchema schema)
    {
        foreach (string name in Names)
        {
            if (schema.GetColumnOrNull(name) is null)
                throw new ArgumentOutOfRangeException(paramName: null, name, $"There is no column '{name}'.");
        }
        foreach (ForecastColumn column in Targets)
            column.ThrowIfNot(schema[column.Name], TargetRole);
        foreach (ForecastColumn column in Past)
            column.ThrowIfNot(schema[column.Name], PastRole);
        foreach (ForecastColumn column in KnownAhead)
            column.ThrowIfNot(schema[column.Name], KnownRole);
        foreach (SequenceColumn column in Statics)
            column.ThrowIfNot(schema[column.Name]);
    }

    /// <summary>The fields of an example: the numbers of a step, and a field for each static column.</summary>
    public IReadOnlyList<InputField> FieldsWith(Func<string, int> embeddingSizeOf) =>
    [
        new("Steps", StepSize), .. Statics.Select(column => column.ToField(embeddingSizeOf(column.Name))),
    ];

    private static ForecastColumn TargetOf(DataViewSchema.Column column) => column.Type == NumberDataViewType.Single
        ? new(column.Name, 1)
        : throw new InvalidOperationException(
            $"{TargetRole} '{column.Name}' is {column.Type}; expected Single (ConvertType makes numbers Single).");
}
