namespace MlNetRecurrent.Engine.Batches;

/// <summary>Sequences that are kept in memory.</summary>
internal sealed class MemorySource(SequenceSet sequences) : SequenceSource
{
    public override int? Count => sequences.Count;

    public override int CountAll() => sequences.Count;

    protected override IEnumerable<SequenceGroup> Read(Func<int, bool> isWanted, int atATime, ulong? expectedHash)
    {
        int[] wanted = [.. Enumerable.Range(0, sequences.Count).Where(isWanted)];
        for (int start = 0; start < wanted.Length; start += atATime)
            yield return new(sequences, wanted.AsMemory(start, Math.Min(atATime, wanted.Length - start)));
    }
}
