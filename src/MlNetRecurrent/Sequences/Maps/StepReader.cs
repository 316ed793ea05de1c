using System.Globalization;

namespace MlNetRecurrent.Sequences.Maps;

/// <summary>Reads the sequence of the current row as numbers.</summary>
internal abstract class StepReader
{
    public static StepReader Of(DataViewRow row, StepColumn column) =>
        column.Keys is null ? new Numbers(row, column) : new Keys(row, column);

    /// <summary>The numbers [steps, features], valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">The row holds part of a step, or a key that is none.</exception>
    public abstract ReadOnlySpan<float> Read();

    private sealed class Numbers(DataViewRow row, StepColumn column) : StepReader
    {
        private readonly VectorReader _reader = new(row, row.Schema[column.Name]);

        public override ReadOnlySpan<float> Read()
        {
            ReadOnlySpan<float> numbers = _reader.Read();
            _reader.ThrowIfPartOfStep(numbers.Length, column.Features);
            return numbers;
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
                    throw Beyond(t, key);
                if (!column.IsOneHot)
                    numbers[t] = key;
                else if (key > 0)
                    numbers[t * column.Features + key - 1] = 1;
            }
            return numbers;
        }

        private InvalidOperationException Beyond(int step, int key) => new(string.Create(
            CultureInfo.InvariantCulture,
            $"Column '{column.Name}': row {row.Position}, step {step} (both counted from 0) holds key {key}, ") +
            $"beyond the {column.Keys} of its type.");
    }
}
