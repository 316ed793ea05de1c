namespace MlNetRecurrent.Tasks;

/// <summary>The errors of predictions, in the unit of the labels.</summary>
internal sealed class RegressionMetrics(LabelScale scale) : TaskMetrics
{
    private long _count;
    private double _squares, _distances;

    public override IReadOnlyList<KeyValuePair<string, double>> Values =>
    [
        new(nameof(Microsoft.ML.Data.RegressionMetrics.RootMeanSquaredError), Math.Sqrt(_squares / _count)),
        new(nameof(Microsoft.ML.Data.RegressionMetrics.MeanAbsoluteError), _distances / _count),
    ];

    public override void Clear()
    {
        _count = 0;
        _squares = _distances = 0;
    }

    public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs)
    {
        double error = scale.FromScale(outputs[0]) - (double)labels[0];
        _count++;
        _squares += error * error;
        _distances += Math.Abs(error);
    }
}
