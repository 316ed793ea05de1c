namespace MlNetRecurrent.Engine.Batches;

/// <summary>
/// A growing list of short arrays, stored in a few large ones. A million sequences are then neither a million objects nor one array that is
/// copied each time it grows.
/// </summary>
internal sealed class ChunkedStore<T>
{
    private const int SmallestChunk = 1 << 10, LargestChunk = 1 << 20;

    private readonly List<T[]> _chunks = [];
    private int _current;
    private int _used;

    /// <summary>The memory that it takes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies the items and returns where they are.</summary>
    public Slice Add(ReadOnlySpan<T> items)
    {
        while (_current < _chunks.Count && items.Length > _chunks[_current].Length - _used)
        {
            _current++;
            _used = 0;
        }
        if (_current == _chunks.Count)
        {
            int size = _chunks.Count == 0 ? SmallestChunk : Math.Min(LargestChunk, 2 * _chunks[^1].Length);
            _chunks.Add(new T[Math.Max(size, items.Length)]);
            Bytes += (long)_chunks[^1].Length * Unsafe.SizeOf<T>();
        }
        items.CopyTo(_chunks[_current].AsSpan(_used));
        var slice = new Slice(_current, _used, items.Length);
        _used += items.Length;
        return slice;
    }

    public ReadOnlySpan<T> this[Slice slice] => _chunks[slice.Chunk].AsSpan(slice.Start, slice.Length);

    /// <summary>Forgets the items but keeps the memory.</summary>
    public void Clear() => _current = _used = 0;
}

/// <summary>The place of one array in a <see cref="ChunkedStore{T}"/>.</summary>
internal readonly record struct Slice(int Chunk, int Start, int Length);
