using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Forecasting;

/// <summary>A trained network for forecasts.</summary>
/// <param name="Columns">The columns that it reads.</param>
/// <param name="Shape">The shape of the forecasts.</param>
/// <param name="Targets">The scale of each value of a label [Horizon, targets].</param>
/// <param name="Network">The network.</param>
/// <param name="Training">The summary of the training.</param>
internal sealed record ForecastModel(
    ForecastColumns Columns, ForecastShape Shape, TargetScale[] Targets, TrainedNetwork Network, TrainingSummary Training)
{
    /// <summary>The number of outputs for a row: [Horizon, targets, quantiles].</summary>
    public int Outputs => Network.Definition.Outputs;

    public Series CreateSeries() => new(Columns, Shape.Scaling, Shape.ContextLength);

    /// <summary>Brings the outputs of the network for a row to the scale of its targets.</summary>
    /// <param name="outputs">[Horizon, targets, quantiles]</param>
    /// <param name="units">[targets, 2]: the units of the row.</param>
    public void Rescale(Span<float> outputs, ReadOnlySpan<double> units)
    {
        int quantiles = Shape.OutputsOfValue, targets = Columns.Targets.Count;
        for (int value = 0; value < outputs.Length / quantiles; value++)
        {
            (double mean, double scale) = Targets[value];
            int unit = value % targets * 2;
            for (int q = 0; q < quantiles; q++)
            {
                ref float output = ref outputs[value * quantiles + q];
                output = (float)((output * scale + mean) * units[unit + 1] + units[unit]);
            }
        }
    }
}
