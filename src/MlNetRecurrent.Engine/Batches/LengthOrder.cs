namespace MlNetRecurrent.Engine.Batches;

/// <summary>Sequences sorted by length, longest first; sequences of equal length keep their order. Allocates only when it grows.</summary>
internal sealed class LengthOrder
{
    private long[] _keys = [];
    private int[] _places = [];
    private int[] _lengths = [];
    private int _count;

    /// <summary>For each sequence, longest first: its place among the indices that were sorted.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, _count);

    /// <summary>The lengths, longest first.</summary>
    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, _count);

    public void Sort(SequenceSet data, ReadOnlySpan<int> indices)
    {
        _count = indices.Length;
        if (_keys.Length < _count)
        {
            _keys = new long[_count];
            _places = new int[_count];
            _lengths = new int[_count];
        }
        for (int i = 0; i < _count; i++)
            _keys[i] = ((long)(int.MaxValue - data.Length(indices[i])) << 32) | (uint)i;
        Array.Sort(_keys, 0, _count);
        for (int row = 0; row < _count; row++)
        {
            _places[row] = (int)(uint)_keys[row];
            _lengths[row] = data.Length(indices[_places[row]]);
        }
    }
}
