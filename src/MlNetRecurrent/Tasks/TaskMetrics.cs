using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Tasks;

/// <summary>The metrics of the validation part, by the names and with the values of ML.NET's evaluators.</summary>
internal abstract class TaskMetrics : ValidationMetrics
{
    /// <summary>
    /// The metrics of the sequences since the last <see cref="ValidationMetrics.Clear"/>, the most important one first; NaN where a metric
    /// is not defined for them.
    /// </summary>
    public abstract IReadOnlyList<KeyValuePair<string, double>> Values { get; }
}
