using MlNetRecurrent.Engine.Training;

namespace MlNetRecurrent.Tasks;

/// <summary>The metrics of the validation part, by the names and with the values of ML.NET's evaluators.</summary>
internal abstract class TaskMetrics : ValidationMetrics
{
    public abstract override IReadOnlyList<KeyValuePair<string, double>> Values { get; }
}
