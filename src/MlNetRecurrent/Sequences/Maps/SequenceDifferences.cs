namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Subtracts an earlier step from each step: y[t] = x[t] - x[max(0, t - lag)].</summary>
internal sealed record SequenceDifferences : SequenceMap
{
    public required int Lag { get; init; }

    protected override void ValidateSequence()
    {
        if (Lag is < 1 or > TransformFile.MostSteps)
            throw Damaged($"its lag is {Lag}");
    }

    protected override void Apply(ReadOnlySpan<float> input, int features, Span<float> output)
    {
        for (int i = 0; i < input.Length; i++)
        {
            long before = i - (long)Lag * features;
            output[i] = input[i] - input[before >= 0 ? (int)before : i % features];
        }
    }

    protected override string[] NameSlots(StepColumn column, int steps, int features) =>
        Array.ConvertAll(column.SlotNames, name => $"Δ{name}");
}
