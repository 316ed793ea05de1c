namespace MlNetRecurrent.Engine.Memory;

/// <summary>
/// Hands out the buffers of a batch from one piece of memory and takes them all back at once. It grows to the largest batch and then
/// allocates nothing. What it hands out holds whatever was there before.
/// </summary>
internal sealed unsafe class Arena<T>
    where T : unmanaged
{
    /// <summary>Buffers begin at multiples of this many elements: a cache line of the smallest element.</summary>
    private const nint Grain = 64;

    private readonly List<PinnedBuffer<T>> _full = [];
    private PinnedBuffer<T> _current = new(0);
    private nint _used;

    /// <summary>Takes back everything that was handed out.</summary>
    public void Reset()
    {
        if (_full.Count > 0)
        {
            nint total = _current.Length;
            foreach (PinnedBuffer<T> buffer in _full)
                total += buffer.Length;
            _full.Clear();
            _current = new PinnedBuffer<T>(total);
        }
        _used = 0;
    }

    public T* Take(nint length)
    {
        length = checked((length + Grain - 1) / Grain * Grain);
        if (length > _current.Length - _used)
        {
            _full.Add(_current);
            _current = new PinnedBuffer<T>(nint.Max(length, _current.Length));
            _used = 0;
        }
        T* taken = _current.Pointer + _used;
        _used += length;
        return taken;
    }
}
