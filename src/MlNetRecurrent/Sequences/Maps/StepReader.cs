using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using MlNetRecurrent.Data;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Reads the sequence of the current row as numbers.</summary>
internal abstract class StepReader
{
    public static StepReader Of(DataViewRow row, StepColumn column) => column.Keys is null ? new Numbers(row, column) : new Keys(row, column);

    /// <summary>The numbers [steps, features], valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The row holds part of a step, or a key that is none.</exception>
    public abstract ReadOnlySpan<float> Read();

    private sealed class Numbers(DataViewRow row, StepColumn column) : StepReader
    {
        private readonly DataViewSchema.Column _found = row.Schema[column.Name];
        private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(row.Schema[column.Name]);
        private VBuffer<float> _buffer;
        private float[] _dense = [];

        public override ReadOnlySpan<float> Read()
        {
            _getter(ref _buffer);
            VectorLength.ThrowIfOther(row, _found, _buffer.Length);
            if (_buffer.Length % column.Features != 0)
                throw SequenceColumn.WrongLength(column.Name, string.Create(CultureInfo.InvariantCulture, $"row {row.Position} (counted from 0) holds a vector"), _buffer.Length, column.Features, "Column");
            if (_buffer.IsDense)
                return _buffer.GetValues();
            if (_dense.Length < _buffer.Length)
                _dense = new float[_buffer.Length];
            _buffer.CopyTo(_dense);
            return _dense.AsSpan(0, _buffer.Length);
        }
    }

    private sealed class Keys(DataViewRow row, StepColumn column) : StepReader
    {
        private readonly KeyReader.VectorGetter _getter = KeyReader.Vector(row, row.Schema[column.Name]);
        private int[] _keys = [];
        private float[] _numbers = [];

        public override ReadOnlySpan<float> Read()
        {
            int steps = _getter(ref _keys), length = checked(steps * column.Features);
            if (_numbers.Length < length)
                _numbers = new float[length];
            Span<float> numbers = _numbers.AsSpan(0, length);
            numbers.Clear();
            for (int t = 0; t < steps; t++)
            {
                int key = _keys[t];
                if (key > column.Keys)
                    throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Column '{column.Name}': row {row.Position}, step {t} (both counted from 0) holds key {key}, beyond the {column.Keys} of its type."));
                if (!column.IsOneHot)
                    numbers[t] = key;
                else if (key > 0)
                    numbers[t * column.Features + key - 1] = 1;
            }
            return numbers;
        }
    }
}
