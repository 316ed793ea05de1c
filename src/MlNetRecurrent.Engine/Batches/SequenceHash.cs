using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>A hash of sequences, with their labels and weights, in the order in which they are appended.</summary>
internal sealed class SequenceHash
{
    private readonly XxHash3 _hash = new();

    public ulong Value => _hash.GetCurrentHashAsUInt64();

    public void Append(SequenceSet sequences, int index)
    {
        float weight = sequences.Weight(index);
        int length = sequences.Length(index);
        _hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
        _hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in weight)));
        _hash.Append(MemoryMarshal.AsBytes(sequences.Labels(index)));
        _hash.Append(MemoryMarshal.AsBytes(sequences.LabelWeights(index)));
        for (int field = 0; field < sequences.Fields.Count; field++)
            _hash.Append(sequences.BytesOf(index, field));
    }
}
