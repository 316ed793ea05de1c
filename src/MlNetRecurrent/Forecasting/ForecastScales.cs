namespace MlNetRecurrent.Forecasting;

/// <summary>The scales of the values of a label, which begin as those of their series.</summary>
internal static class ForecastScales
{
    /// <summary>Learns the mean of each step, and a unit for all steps of a target, so that each step counts as in the errors.</summary>
    /// <param name="data">The statistics of the labels [steps, targets].</param>
    /// <param name="targets">The number of targets.</param>
    public static TargetScale[] Learn(DataStatistics data, int targets)
    {
        var scales = new TargetScale[data.Labels.Count];
        for (int target = 0; target < targets; target++)
        {
            double sum = 0, weight = 0;
            for (int slot = target; slot < scales.Length; slot += targets)
            {
                LabelStatistics label = data.Labels[slot];
                sum += label.Weight * label.Deviation * label.Deviation;
                weight += label.Weight;
            }
            double unit = weight > 0 ? Math.Sqrt(sum / weight) : 0;
            for (int slot = target; slot < scales.Length; slot += targets)
                scales[slot] = new(data.Labels[slot].Mean, unit > 0 && double.IsFinite(unit) ? unit : 1);
        }
        return scales;
    }
}
