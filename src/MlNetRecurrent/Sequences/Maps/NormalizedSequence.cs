namespace MlNetRecurrent.Sequences.Maps;

/// <summary>
/// Scales each feature by what was learned over all steps of all sequences: y = (x - offset) · scale. The scale of a constant feature is 0.
/// </summary>
internal sealed record NormalizedSequence : SequenceMap
{
    public required SequenceNormalization Mode { get; init; }

    public float[] Offset { get; init; } = [];

    public float[] Scale { get; init; } = [];

    public override RowMap Learn(IDataView data, Action checkCancelled)
    {
        StepColumn column = StepColumn.Numbers(data.Schema, InputColumnName, NumberOfFeatures);
        FeatureScale scale = FeatureScale.For(Mode, column.Features);
        using DataViewRowCursor cursor = data.GetRowCursor([column.Column]);
        StepReader reader = StepReader.Of(cursor, column);
        for (long rows = 0; cursor.MoveNext(); rows++)
        {
            if (rows % 256 == 0)
                checkCancelled();
            scale.Add(reader.Read());
        }
        (float[] offset, float[] factor) = scale.Learn();
        return this with { Offset = offset, Scale = factor };
    }

    protected override string? Remark(DataViewSchema input) => ConstantFeatures.Describe(input[InputColumnName], Scale, "the data");

    protected override void ValidateSequence()
    {
        if (!Enum.IsDefined(Mode))
            throw Damaged($"its mode is {Mode}");
        if (NumberOfFeatures > 0 && NumberOfFeatures != Offset.Length)
            throw Damaged($"a step has {NumberOfFeatures} features, of which {Offset.Length} have a scale");
        if (Offset.Length == 0 || Offset.Length != Scale.Length || !Offset.Concat(Scale).All(float.IsFinite))
            throw Damaged("its scales are none, or no numbers");
    }

    protected override void ThrowIfUnfit(StepColumn column)
    {
        if (Offset.Length > 0 && column.Features != Offset.Length)
        {
            throw new InvalidOperationException(
                $"Column '{column.Name}' has {column.Features} features a step; the normalizer was fitted on {Offset.Length}.");
        }
    }

    protected override void Apply(ReadOnlySpan<float> input, int features, Span<float> output)
    {
        for (int t = 0; t < input.Length; t += features)
        {
            for (int i = 0; i < features; i++)
                output[t + i] = (float)((input[t + i] - (double)Offset[i]) * Scale[i]);
        }
    }
}
