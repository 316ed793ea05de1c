using System.Text.Json.Serialization;

namespace MlNetRecurrent.Forecasting;

/// <summary>What a forecast is: the steps, the targets and the quantiles, and the scaling.</summary>
internal sealed record ForecastShape
{
    private const double Median = 0.5;

    /// <summary>The number of steps of a forecast.</summary>
    public required int Horizon { get; init; }

    /// <summary>The number of values over which scales are computed.</summary>
    public required int ContextLength { get; init; }

    public required ForecastScaling Scaling { get; init; }

    public required ForecastLoss Loss { get; init; }

    /// <summary>The quantiles that were asked for, rising; empty for none.</summary>
    public IReadOnlyList<double> Quantiles { get; init; } = [];

    /// <summary>The quantiles that the network learns: with the median, which is the forecast. Empty where it learns the mean.</summary>
    [JsonIgnore]
    public IReadOnlyList<double> LearnedQuantiles =>
        Quantiles.Count > 0 ? [.. Quantiles.Append(Median).Distinct().Order()]
        : Loss == ForecastLoss.AbsoluteError ? [Median]
        : [];

    /// <summary>The place of the forecast among the outputs of a value.</summary>
    [JsonIgnore]
    public int PlaceOfForecast => LearnedQuantiles.Count == 0 ? 0 : PlaceOf(Median);

    /// <summary>The number of outputs for a value.</summary>
    [JsonIgnore]
    public int OutputsOfValue => Math.Max(1, LearnedQuantiles.Count);

    public int PlaceOf(double quantile) => LearnedQuantiles.Index().First(item => item.Item == quantile).Index;

    public HeadDefinition CreateHead() =>
        LearnedQuantiles.Count > 0 ? new QuantileDefinition { Quantiles = LearnedQuantiles } : HeadDefinition.Value;
}
