namespace MlNetRecurrent.Tasks;

/// <summary>Values in the unit of the labels: one, one for each slot of a label or for each step, or several for each of them.</summary>
internal sealed class RegressionOutputs : TaskOutputs
{
    private readonly LabelScale[] _scales;

    /// <param name="task">The task.</param>
    /// <param name="scales">The scale of the label, or of each slot of it.</param>
    /// <param name="count">The number of outputs of the network: as many for each slot of the label.</param>
    /// <param name="slots">The slots of labels that are vectors; null for other labels.</param>
    public RegressionOutputs(RecurrentTask task, LabelScale[] scales, int count, LabelSlots? slots)
    {
        Task = task;
        Count = count;
        Slots = slots;
        _scales = scales;
        Columns = [MakeColumn()];
    }

    public override int Count { get; }

    public override RecurrentTask Task { get; }

    public override LabelSlots? Slots { get; }

    public override IReadOnlyList<LabelScale> Scales => _scales;

    public override IReadOnlyList<OutputColumn> Columns { get; }

    public override TargetTransform Targets =>
        new(Array.ConvertAll(_scales, scale => new TargetScale(scale.Mean, Slots is null ? scale.Unit : scale.UnitOfSlot)));

    public override OutputDescription Describe() => new()
    {
        Task = Task.Name,
        Count = Count,
        LabelScale = Slots is null ? _scales[0] : null,
        LabelScales = Slots is null ? null : _scales,
        Slots = Slots,
    };

    public override string? DescribeConstantLabels(DataStatistics data) => Slots is not null
        ? base.DescribeConstantLabels(data)
        : data.Labels[0].Deviation == 0
        ? FormattableString.Invariant(
            $"All labels to learn from are {data.Labels[0].Mean:G7}: the network can learn nothing but this value.")
        : null;

    public override TaskMetrics NewMetrics() => new RegressionMetrics(_scales);

    private OutputColumn MakeColumn()
    {
        PrimitiveDataViewType single = NumberDataViewType.Single;
        if (Task.EveryStep)
            return new(Score, Count == 1 ? new VectorDataViewType(single) : new VectorDataViewType(single, 0, Count), VectorGetter, Score);
        return Count == 1 && Slots is null
            ? new(Score, single, ScoreGetter, Score)
            : new(Score, new VectorDataViewType(single, Count), VectorGetter, Score, Slots?.Count == Count ? Slots.AddNames : null);
    }

    private ValueGetter<float> ScoreGetter(IScoredRow row) => (ref float score) => score = ToUnit(row, row.Outputs.Span[0], output: 0);

    private ValueGetter<VBuffer<float>> VectorGetter(IScoredRow row) => (ref VBuffer<float> scores) =>
    {
        ReadOnlySpan<float> outputs = row.Outputs.Span;
        VBufferEditor<float> editor = VBufferEditor.Create(ref scores, outputs.Length);
        for (int i = 0; i < outputs.Length; i++)
            editor.Values[i] = ToUnit(row, outputs[i], i % Count);
        scores = editor.Commit();
    };

    private float ToUnit(IScoredRow row, float value, int output)
    {
        // Windows that have too few rows have outputs that are NaN.
        float score = _scales[output / (Count / _scales.Length)].FromScale(value);
        return float.IsFinite(score) || float.IsNaN(value) ? score : throw KeptRow.Mark(NotFinite.BeyondSingle(row.Position));
    }
}
