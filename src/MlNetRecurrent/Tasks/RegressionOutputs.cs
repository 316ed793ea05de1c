using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Scoring;

namespace MlNetRecurrent.Tasks;

/// <summary>A value in the unit of the labels.</summary>
internal sealed class RegressionOutputs : TaskOutputs
{
    private readonly LabelScale _scale;

    public RegressionOutputs(LabelScale scale)
    {
        _scale = scale;
        Columns = [new(Score, NumberDataViewType.Single, ScoreGetter, Score)];
    }

    public override int Count => 1;

    public override string ScoreColumnKind => RegressionTask.TaskName;

    public override double LossUnit => _scale.Deviation * _scale.Deviation;

    public override IReadOnlyList<OutputColumn> Columns { get; }

    public override OutputDescription Describe() => new() { Task = RegressionTask.TaskName, Count = Count, LabelScale = _scale };

    private ValueGetter<float> ScoreGetter(IScoredRow row) => (ref float score) => score = _scale.FromScale(row.Outputs.Span[0]);
}
