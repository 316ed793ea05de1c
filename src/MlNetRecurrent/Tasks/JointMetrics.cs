namespace MlNetRecurrent.Tasks;

/// <summary>
/// The metrics of several outputs, those of the main one first. A sequence counts for the outputs for which it has a label.
/// </summary>
internal sealed class JointMetrics : TaskMetrics
{
    private readonly (string? Name, TaskMetrics Metrics, JointSlice Slice)[] _parts;
    private float[] _labels = [], _predictions = [];

    public JointMetrics(IReadOnlyList<(JointOutput Output, JointSlice Slice)> parts) =>
        _parts = [.. parts.Select(part => (part.Output.Name, part.Output.Outputs.NewMetrics(), part.Slice))];

    public override IReadOnlyList<KeyValuePair<string, double>> Values =>
    [
        .. from part in _parts
           from value in part.Metrics.Values
           select KeyValuePair.Create(JointOutput.NameOf(part.Name, value.Key), value.Value),
    ];

    public override void Clear()
    {
        foreach ((_, TaskMetrics metrics, _) in _parts)
            metrics.Clear();
    }

    public override void Add(ReadOnlySpan<float> labels, ReadOnlySpan<float> outputs)
    {
        foreach ((_, TaskMetrics metrics, JointSlice slice) in _parts)
        {
            ReadOnlySpan<float> own = slice.LabelsOf(labels, ref _labels);
            bool hasLabel = false;
            foreach (float label in own)
                hasLabel |= !float.IsNaN(label);
            if (hasLabel)
                metrics.Add(own, slice.PredictionsOf(outputs, ref _predictions));
        }
    }
}
