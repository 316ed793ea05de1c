using System.Runtime.InteropServices;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Windows;

/// <summary>The last rows of a group, of which its windows are cut.</summary>
/// <param name="numbers">The numbers of the current row; none where only the rows are counted.</param>
/// <param name="windowSize">Rows of a window.</param>
/// <param name="delay">The number of rows between the end of a window and the last row of the group.</param>
/// <param name="order">The order of the rows.</param>
internal sealed class WindowBuffer(float[] numbers, int windowSize, int delay, RowOrder order) : RowGroup(order)
{
    /// <summary>Twice the rows that are kept, so that they seldom move. A group of few rows allocates less.</summary>
    private readonly int _most = checked(2 * (windowSize + delay) * numbers.Length);
    private float[] _rows = [];
    private int _end;

    private int Features => numbers.Length;

    /// <summary>Copies the window [windowSize, features]; where there are not enough rows, the first one stands before them.</summary>
    public void CopyTo(Span<float> window)
    {
        int end = _end - delay * Features, available = (int)Math.Min(Count - delay, windowSize) * Features;
        int missing = window.Length - available;
        ReadOnlySpan<float> rows = _rows.AsSpan(end - available, available);
        rows.CopyTo(window[missing..]);
        for (int place = 0; place < missing; place += Features)
            rows[..Features].CopyTo(window[place..]);
    }

    /// <summary>Writes the number of rows so far, the last of them, and the order of the last one.</summary>
    public override void Write(BinaryWriter writer)
    {
        int kept = (int)Math.Min(Count, windowSize + delay) * Features;
        writer.Write(Count);
        writer.Write(MemoryMarshal.AsBytes(_rows.AsSpan(_end - kept, kept)));
        Order.Write(writer);
    }

    public override void Read(BinaryReader reader)
    {
        long count = reader.ReadInt64();
        if (count is < 0 or > long.MaxValue / 2)
            throw new InvalidDataException($"The state is damaged: a group has {count} rows.");
        for (long left = Features == 0 ? 0 : Math.Min(count, windowSize + delay); left > 0; left--)
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(Next()));
        Count = count;
        Order.Read(reader, count);
    }

    protected override void AppendValues()
    {
        if (Features > 0)
            numbers.CopyTo(Next());
    }

    protected override void RemoveLastValues() => _end = Math.Max(0, _end - Features);

    /// <summary>Room for the numbers of the next row of the group.</summary>
    private Span<float> Next()
    {
        if (_end == _rows.Length && _rows.Length < _most)
        {
            Array.Resize(ref _rows, (int)Math.Min(_most, Math.Max(4L * Features, 2L * _rows.Length)));
        }
        else if (_end == _rows.Length)
        {
            int kept = (windowSize + delay) * Features;
            _rows.AsSpan(_end - kept, kept).CopyTo(_rows);
            _end = kept;
        }
        _end += Features;
        return _rows.AsSpan(_end - Features, Features);
    }
}
