using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Tasks;

/// <summary>A value in the unit of the labels.</summary>
internal sealed class RegressionOutputs : TaskOutputs
{
    public RegressionOutputs(LabelScale scale)
    {
        Scale = scale;
        Columns = [new(Score, NumberDataViewType.Single, ScoreGetter, Score)];
    }

    public LabelScale Scale { get; }

    public override int Count => 1;

    public override RecurrentTask Task => RecurrentTask.Regression;

    public override double LossUnit => Scale.Unit * Scale.Unit;

    public override IReadOnlyList<OutputColumn> Columns { get; }

    public override OutputDescription Describe() => new() { Task = Task.Name, Count = Count, LabelScale = Scale };

    public override TargetTransform Targets => new(Scale.Mean, Scale.Unit);

    public override TaskMetrics NewMetrics() => new RegressionMetrics(Scale);

    private ValueGetter<float> ScoreGetter(IScoredRow row) => (ref float score) =>
    {
        // Windows that have too few rows have outputs that are NaN.
        float output = row.Outputs.Span[0], value = Scale.FromScale(output);
        score = float.IsFinite(value) || float.IsNaN(output) ? value : throw KeptRow.Mark(NotFinite.BeyondSingle(row.Position));
    };
}
