using System.Runtime.InteropServices;
using MlNetRecurrent.Sequences.Groups;
using MlNetRecurrent.Sequences.Orders;

namespace MlNetRecurrent.Sequences.Filling;

/// <summary>The last known values of a group, with which each row is filled as it is taken.</summary>
/// <param name="row">The current row.</param>
/// <param name="settings">The value before the first known one, and the number of rows that are filled after one.</param>
/// <param name="order">The order of the rows.</param>
internal sealed class FillGroup(FilledRow row, FillSettings settings, RowOrder order) : RowGroup(order)
{
    /// <summary>The age of a value before the first known one, which does not age.</summary>
    private const int Initial = -1;

    private readonly float[] _last = Repeat(settings.InitialValue ?? float.NaN, row.Values.Length), _before = new float[row.Values.Length];

    /// <summary>The number of rows since the last known value.</summary>
    private readonly int[] _ages = Repeat(Initial, row.Values.Length), _agesBefore = new int[row.Values.Length];

    public override void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(MemoryMarshal.AsBytes(_last.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_ages.AsSpan()));
        Order.Write(writer);
    }

    public override void Read(BinaryReader reader)
    {
        long count = reader.ReadInt64();
        if (count is < 0 or > long.MaxValue / 2)
            throw new InvalidDataException($"The state is damaged: a group has {count} rows.");
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_last.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_ages.AsSpan()));
        if (Array.Exists(_ages, age => age < Initial))
            throw new InvalidDataException("The state is damaged: the last known value of a group is of a later row.");
        Count = count;
        Order.Read(reader, count);
    }

    protected override void AppendValues()
    {
        _last.CopyTo(_before, 0);
        _ages.CopyTo(_agesBefore, 0);
        for (int i = 0; i < _last.Length; i++)
        {
            row.WasFilled[i] = 0;
            if (!float.IsNaN(row.Values[i]))
                (_last[i], _ages[i]) = (row.Values[i], 0);
            else if (!float.IsNaN(_last[i]) && !IsTooOld(i))
                (row.Values[i], row.WasFilled[i]) = (_last[i], 1);
        }
    }

    protected override void RemoveLastValues()
    {
        _before.CopyTo(_last, 0);
        _agesBefore.CopyTo(_ages, 0);
    }

    /// <summary>Counts a row without a value.</summary>
    private bool IsTooOld(int slot)
    {
        if (_ages[slot] == Initial || settings.MaximumNumberOfFilledRows is not { } most)
            return false;
        _ages[slot] = Math.Min(_ages[slot], most) + 1;
        return _ages[slot] > most;
    }

    private static T[] Repeat<T>(T value, int count)
    {
        var values = new T[count];
        Array.Fill(values, value);
        return values;
    }
}
