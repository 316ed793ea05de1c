namespace MlNetRecurrent.Engine.Batches;

/// <summary>
/// The lengths of a batch of sequences, longest first, and where their steps lie in time-major buffers without padding: first the first
/// step of every sequence, then the second step of those that have one, and so on. At step t the running sequences are the first
/// <c>Active[t]</c>.
/// </summary>
internal sealed class BatchShape
{
    /// <summary>The shape of no sequences, for what has no batch yet; it is never set.</summary>
    public static readonly BatchShape Empty = new();

    private int[] _lengths = [];
    private int[] _active = [];
    private int[] _offsets = [0];

    /// <summary>Sequences in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Steps of the longest sequence.</summary>
    public int Steps { get; private set; }

    /// <summary>Steps of all sequences together: the rows of a time-major buffer.</summary>
    public int Rows { get; private set; }

    public ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, Count);

    /// <summary>How many sequences run at each step.</summary>
    public ReadOnlySpan<int> Active => _active.AsSpan(0, Steps);

    /// <summary>The row of the first sequence at each step.</summary>
    public ReadOnlySpan<int> Offsets => _offsets.AsSpan(0, Steps);

    /// <summary>Sets a new batch. Allocates only when it is larger than every batch before.</summary>
    /// <param name="lengths">The lengths, never rising.</param>
    public void Set(ReadOnlySpan<int> lengths)
    {
        Count = lengths.Length;
        Steps = lengths.IsEmpty ? 0 : lengths[0];
        if (_lengths.Length < Count)
            _lengths = new int[Count];
        if (_active.Length < Steps)
        {
            _active = new int[Steps];
            _offsets = new int[Steps];
        }
        lengths.CopyTo(_lengths);
        int rows = 0;
        int active = Count;
        for (int t = 0; t < Steps; t++)
        {
            while (_lengths[active - 1] <= t)
                active--;
            _offsets[t] = rows;
            _active[t] = active;
            rows = checked(rows + active);
        }
        Rows = rows;
    }

    /// <summary>A range of sequences that has its share of the steps.</summary>
    public (int First, int Last) SequencesOf(WorkSlice slice) =>
        (Boundary(slice.Index, slice.Count), Boundary(slice.Index + 1, slice.Count));

    /// <summary>The row of step <paramref name="t"/> of sequence <paramref name="sequence"/>.</summary>
    public int Row(int t, int sequence) => _offsets[t] + sequence;

    /// <summary>
    /// The row, in a buffer of states, of what a sequence carries into step <paramref name="t"/>. Such a buffer begins with the initial
    /// states, one a sequence, and goes on with the state after each step.
    /// </summary>
    public int StateRow(int t, int sequence) => t == 0 ? sequence : Count + _offsets[t - 1] + sequence;

    /// <summary>The row, in a buffer of states, of the last state of a sequence.</summary>
    public int LastStateRow(int sequence) => StateRow(_lengths[sequence], sequence);

    /// <summary>The first sequence before which lie <paramref name="index"/> of <paramref name="count"/> parts of the steps.</summary>
    private int Boundary(int index, int count)
    {
        if (index == count)
            return Count;
        long before = 0, wanted = (long)Rows * index / count;
        int sequence = 0;
        while (sequence < Count && before < wanted)
            before += _lengths[sequence++];
        return sequence;
    }
}
