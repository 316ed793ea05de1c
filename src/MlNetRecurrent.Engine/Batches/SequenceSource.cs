using System.Collections;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>Sequences that a training reads repeatedly, always in the same order. Some of them may be set aside for validation.</summary>
internal abstract class SequenceSource
{
    private BitArray? _validation;
    private int _validationCount;
    private ulong _trainingHash, _validationHash;

    /// <summary>The number of sequences, where it is known; a streamed source knows it after the first pass.</summary>
    public abstract int? Count { get; }

    /// <summary>Sequences of a part, once it is known which were set aside.</summary>
    public int CountOf(DataPart part) => part == DataPart.Validation ? _validationCount : Count!.Value - _validationCount;

    /// <summary>Says for each sequence whether it is set aside for validation.</summary>
    /// <param name="validation">Whether it is.</param>
    /// <param name="trainingHash">The <see cref="SequenceHash"/> of those that are not, which is expected from now on.</param>
    /// <param name="validationHash">That of those that are.</param>
    public void SetAside(BitArray validation, ulong trainingHash, ulong validationHash)
    {
        _validation = validation;
        (_trainingHash, _validationHash) = (trainingHash, validationHash);
        _validationCount = 0;
        for (int i = 0; i < validation.Count; i++)
            _validationCount += validation[i] ? 1 : 0;
    }

    /// <summary>Counts the sequences, which may take as long as reading them.</summary>
    public abstract int CountAll();

    /// <summary>Goes through all sequences.</summary>
    /// <param name="atATime">Sequences of a group; the last one has what remains.</param>
    /// <returns>Groups, each of which is valid until the next is asked for.</returns>
    public IEnumerable<SequenceGroup> ReadAll(int atATime) => Read(_ => true, atATime, expectedHash: null);

    /// <summary>Goes through the sequences of a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="atATime">Sequences of a group; the last one has what remains.</param>
    /// <returns>Groups, each of which is valid until the next is asked for.</returns>
    public IEnumerable<SequenceGroup> Read(DataPart part, int atATime)
    {
        BitArray? validation = _validation;
        bool wanted = part == DataPart.Validation;
        return Read(
            index => (validation is not null && validation[index]) == wanted, atATime,
            validation is null ? null : wanted ? _validationHash : _trainingHash);
    }

    /// <param name="isWanted">Whether a sequence is wanted, by its number.</param>
    /// <param name="atATime">Sequences of a group.</param>
    /// <param name="expectedHash">The expected <see cref="SequenceHash"/> of the wanted sequences, where it is known. Other data is an
    /// error for the reader.</param>
    protected abstract IEnumerable<SequenceGroup> Read(Func<int, bool> isWanted, int atATime, ulong? expectedHash);
}

/// <summary>What a sequence serves for.</summary>
internal enum DataPart
{
    Training,
    Validation,
}

/// <summary>Some sequences of a set.</summary>
internal readonly record struct SequenceGroup(SequenceSet Sequences, ReadOnlyMemory<int> Indices);
