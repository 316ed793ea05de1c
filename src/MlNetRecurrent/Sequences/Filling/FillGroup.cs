using System.Runtime.InteropServices;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Filling;

/// <summary>The last known values of a group, with which each row is filled as it is taken.</summary>
/// <param name="row">The current row.</param>
/// <param name="initial">The value before the first known one.</param>
/// <param name="order">The order of the rows.</param>
internal sealed class FillGroup(FilledRow row, float initial, RowOrder order) : RowGroup(order)
{
    private readonly float[] _last = MakeLast(row.Values.Length, initial), _before = new float[row.Values.Length];

    public override void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(MemoryMarshal.AsBytes(_last.AsSpan()));
        Order.Write(writer);
    }

    public override void Read(BinaryReader reader)
    {
        long count = reader.ReadInt64();
        if (count is < 0 or > long.MaxValue / 2)
            throw new InvalidDataException($"The state is damaged: a group has {count} rows.");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_last.AsSpan()));
        Count = count;
        Order.Read(reader, count);
    }

    protected override void AppendValues()
    {
        _last.CopyTo(_before, 0);
        for (int i = 0; i < _last.Length; i++)
        {
            bool isFilled = float.IsNaN(row.Values[i]) && !float.IsNaN(_last[i]);
            row.WasFilled[i] = isFilled ? 1 : 0;
            if (isFilled)
                row.Values[i] = _last[i];
            else
                _last[i] = float.IsNaN(row.Values[i]) ? _last[i] : row.Values[i];
        }
    }

    protected override void RemoveLastValues() => _before.CopyTo(_last, 0);

    private static float[] MakeLast(int slots, float initial)
    {
        float[] last = new float[slots];
        Array.Fill(last, initial);
        return last;
    }
}
