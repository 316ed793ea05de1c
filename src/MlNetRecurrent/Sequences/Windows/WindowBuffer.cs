using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The last rows of a group.</summary>
/// <param name="features">Numbers of a row.</param>
/// <param name="windowSize">Rows of a window.</param>
/// <param name="delay">How many rows before the last one a window ends.</param>
/// <param name="order">Checks that rows come in their order, where that is wanted.</param>
internal sealed partial class WindowBuffer(int features, int windowSize, int delay, OrderCheck? order)
{
    /// <summary>Room for the rows that are kept, and as many again, so that they seldom move; a group of few rows does not need it.</summary>
    private readonly int _most = checked(2 * (windowSize + delay) * features);
    private float[] _rows = [];
    private int _end;

    /// <summary>Rows of the group so far.</summary>
    public long Count { get; private set; }

    /// <summary>Room for the numbers of the next row of the group.</summary>
    public Span<float> Next()
    {
        if (_end == _rows.Length && _rows.Length < _most)
        {
            Array.Resize(ref _rows, (int)Math.Min(_most, Math.Max(4L * features, 2L * _rows.Length)));
        }
        else if (_end == _rows.Length)
        {
            int kept = (windowSize + delay - 1) * features;
            _rows.AsSpan(_end - kept, kept).CopyTo(_rows);
            _end = kept;
        }
        order?.Accept();
        Count++;
        _end += features;
        return _rows.AsSpan(_end - features, features);
    }

    /// <summary>What is wrong where the current row is the next one of the group; nothing changes.</summary>
    public OrderFault? FindFault() => order?.FindFault();

    /// <summary>Counts a row whose numbers nobody wants.</summary>
    public void Skip()
    {
        order?.Accept();
        Count++;
    }

    /// <summary>Copies the window [windowSize, features]; where there are not enough rows, the first one stands before them.</summary>
    public void CopyTo(Span<float> window)
    {
        int end = _end - delay * features, available = (int)Math.Min(Count - delay, windowSize) * features, missing = window.Length - available;
        ReadOnlySpan<float> rows = _rows.AsSpan(end - available, available);
        rows.CopyTo(window[missing..]);
        for (int place = 0; place < missing; place += features)
            rows[..features].CopyTo(window[place..]);
    }
}
