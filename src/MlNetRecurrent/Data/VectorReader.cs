using System.Globalization;

namespace MlNetRecurrent.Data;

/// <summary>Reads the vectors of a column of numbers as dense ones.</summary>
/// <param name="row">The row.</param>
/// <param name="column">The column of the row.</param>
/// <param name="role">What the column is, for messages.</param>
internal sealed class VectorReader(DataViewRow row, DataViewSchema.Column column, string role = "Column")
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _buffer;
    private float[] _dense = [];

    /// <summary>Reads the vector of the current row and returns its length.</summary>
    /// <exception cref="InvalidOperationException">The vector is of another length than its type says.</exception>
    public int ReadLength()
    {
        _getter(ref _buffer);
        VectorLength.ThrowIfOther(row, column, _buffer.Length, role);
        return _buffer.Length;
    }

    /// <summary>The numbers of the current row, valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The vector is of another length than its type says.</exception>
    public ReadOnlySpan<float> Read()
    {
        int length = ReadLength();
        if (_buffer.IsDense)
            return _buffer.GetValues();
        if (_dense.Length < length)
            _dense = new float[length];
        _buffer.CopyTo(_dense);
        return Current;
    }

    /// <summary>The numbers that were read last.</summary>
    public ReadOnlySpan<float> Current => _buffer.IsDense ? _buffer.GetValues() : _dense.AsSpan(0, _buffer.Length);

    /// <summary>Throws where a vector of the current row ends within a step.</summary>
    /// <exception cref="InvalidOperationException">The length is no multiple of the features.</exception>
    public void ThrowIfPartOfStep(int length, int features)
    {
        if (length % features == 0)
            return;
        string where = string.Create(CultureInfo.InvariantCulture, $"row {row.Position} (counted from 0) holds a vector");
        throw SequenceColumn.WrongLength(column.Name, where, length, features, role);
    }
}
