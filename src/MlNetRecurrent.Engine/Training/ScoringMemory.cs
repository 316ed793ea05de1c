using MlNetRecurrent.Engine.Definitions;

namespace MlNetRecurrent.Engine.Training;

/// <summary>
/// The number of sequences that are scored together: as many as need little memory, and at least one. The scores do not depend on it. The
/// memory of a sequence (features, states, outputs and their copy) is estimated from the definition of the network.
/// </summary>
internal sealed class ScoringMemory
{
    /// <summary>The memory, in numbers, that scoring may always take: 64 MiB.</summary>
    public const long Usual = 1 << 24;

    private readonly long _ofAStep, _ofASequence;

    public ScoringMemory(NetworkDefinition definition)
    {
        int input = definition.Features;
        _ofAStep = input;
        foreach (LayerDefinition layer in definition.Layers)
        {
            int directions = layer.Bidirectional ? 2 : 1;
            long width = Block.Pad(layer.Size), outputsOfAStep = width + layer.ExtraOutputSize;
            _ofAStep += directions == 1 ? outputsOfAStep : 3 * directions * outputsOfAStep + input;
            _ofAStep += layer.TimeReduction > 1 ? input : 0;
            _ofASequence += directions * (8 * width + layer.MemorySize);
            input = layer.Size * directions;
        }
        long outputs = 2L * Block.PadToPanel(definition.Outputs) + definition.EncodingSize;
        if (definition.EveryStep)
            _ofAStep += outputs;
        else
            _ofASequence += outputs;
    }

    /// <summary>The estimated memory, in numbers, of so many sequences with so many steps in all.</summary>
    public double Of(double sequences, double steps) => sequences * _ofASequence + steps * _ofAStep;

    /// <summary>The number of sequences at the indices that are scored together, from the first one on.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="indices">Some of them, at least one.</param>
    /// <param name="most">The most memory, in numbers, which one sequence alone may exceed.</param>
    public int CountTogether(SequenceSet sequences, ReadOnlySpan<int> indices, double most)
    {
        int count = 0;
        for (long steps = 0; count < indices.Length; count++)
        {
            steps += sequences.Length(indices[count]);
            if (count > 0 && Of(count + 1, steps) > most)
                break;
        }
        return count;
    }
}
