using Microsoft.ML.Data;

namespace MlNetRecurrent.Tests.Evaluation;

/// <summary>A row of a table with forecasts of two steps.</summary>
internal sealed class ScoredStep
{
    public string Shop { get; set; } = "";

    public float Sales { get; set; }

    public float Returns { get; set; }

    [VectorType(2)]
    public float[] Forecast { get; set; } = [float.NaN, float.NaN];

    public static ScoredStep[] Series(string shop, params (float Sales, float Next, float AfterNext)[] rows) =>
        [.. rows.Select(row => new ScoredStep { Shop = shop, Sales = row.Sales, Forecast = [row.Next, row.AfterNext] })];
}
