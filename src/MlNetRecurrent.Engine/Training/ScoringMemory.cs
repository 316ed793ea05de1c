namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// The number of sequences that are scored together: as many as need little memory, and at least one. The scores do not depend on it. The
/// memory of a sequence (features, states, outputs and their copy) is estimated from the definition of the network.
/// </summary>
internal sealed class ScoringMemory(NetworkDefinition definition)
{
    /// <summary>The memory, in numbers, that scoring may always take: 64 MiB.</summary>
    public const long Usual = 1 << 24;

    /// <summary>Of a row of the outputs: these in whole panels, the predictions, and the encoding.</summary>
    private readonly long _numbersOfOutput = Block.PadToPanel(definition.Outputs)
        + Math.Max(Block.PadToPanel(definition.Outputs), definition.PredictionSize) + definition.EncodingSize
        + (definition.Decoder?.CountScoringNumbers(definition.Outputs) ?? 0);

    /// <summary>The estimated memory, in numbers, of a sequence.</summary>
    public double OfSequence(double steps)
    {
        int inputs = definition.Features;
        double numbers = steps * inputs;
        foreach (LayerDefinition layer in definition.Layers)
        {
            numbers += layer.CountScoringNumbers(inputs, steps);
            inputs = layer.OutputSize;
        }
        return numbers + _numbersOfOutput * (definition.EveryStep ? steps : 1);
    }

    /// <summary>The number of sequences at the indices that are scored together, from the first one on.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="indices">Some of them, at least one.</param>
    /// <param name="most">The most memory, in numbers, which one sequence alone may exceed.</param>
    public int CountTogether(SequenceSet sequences, ReadOnlySpan<int> indices, double most)
    {
        int count = 0;
        for (double numbers = 0; count < indices.Length; count++)
        {
            numbers += OfSequence(sequences.Length(indices[count]));
            if (count > 0 && numbers > most)
                break;
        }
        return count;
    }
}
