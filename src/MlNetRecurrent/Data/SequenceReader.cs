using System.Globalization;
using MlNetRecurrent.Rows;

namespace MlNetRecurrent.Data;

/// <summary>Reads the sequence of the current row of a cursor, and rejects rows that a network cannot read.</summary>
internal abstract class SequenceReader
{
    public static SequenceReader Of(DataViewRow row, SequenceColumn column)
    {
        DataViewSchema.Column found = row.Schema[column.Name];
        return column.HoldsTokens ? new Tokens(row, found, column) : new Numbers(row, found, column);
    }

    /// <summary>Adds the sequence of the current row to a set, with its labels and its weight.</summary>
    /// <exception cref="InvalidOperationException">The row has an incomplete step or a value that is not finite.</exception>
    public abstract void AddTo(SequenceSet set, ReadOnlySpan<float> labels = default, float weight = 1);

    /// <summary>Adds the sequence of the current row to a set, unless it is an incomplete window.</summary>
    /// <exception cref="InvalidOperationException">The row has an incomplete step or a value that is not finite.</exception>
    public virtual bool TryAddTo(SequenceSet set)
    {
        AddTo(set);
        return true;
    }

    /// <summary>The number of steps in the sequence of the current row.</summary>
    public abstract int CountSteps();

    private sealed class Numbers(DataViewRow row, DataViewSchema.Column found, SequenceColumn column) : SequenceReader
    {
        private readonly VectorReader _reader = new(row, found, "Feature column");

        public override void AddTo(SequenceSet set, ReadOnlySpan<float> labels, float weight) => Add(set, _reader.Read(), labels, weight);

        public override bool TryAddTo(SequenceSet set)
        {
            ReadOnlySpan<float> values = _reader.Read();
            if (IncompleteWindow.IsIn(values))
                return false;
            Add(set, values, labels: default, weight: 1);
            return true;
        }

        private void Add(SequenceSet set, ReadOnlySpan<float> values, ReadOnlySpan<float> labels, float weight)
        {
            _reader.ThrowIfPartOfStep(values.Length, column.Features);
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                    throw KeptRow.Mark(NotFinite(i, values[i]));
            }
            set.Add(values, labels, weight);
        }

        public override int CountSteps() => _reader.ReadLength() / column.Features;

        /// <summary>The name of the slot for messages, if the column has slot names.</summary>
        private string NameOf(int index)
        {
            if (!found.HasSlotNames())
                return "";
            VBuffer<ReadOnlyMemory<char>> names = default;
            found.GetSlotNames(ref names);
            return $", '{names.GetItemOrDefault(index)}',";
        }

        private InvalidOperationException NotFinite(int index, float value) => new(string.Create(
            CultureInfo.InvariantCulture,
            $"Feature column '{column.Name}': row {row.Position}, step {index / column.Features}, feature {index % column.Features} " +
            $"(all counted from 0){NameOf(index)} is {value}. " +
            $"A network needs finite numbers; ReplaceMissingValues puts something in the place of missing ones."));
    }

    private sealed class Tokens(DataViewRow row, DataViewSchema.Column found, SequenceColumn column) : SequenceReader
    {
        private readonly KeyReader.VectorGetter _getter = KeyReader.Vector(row, found);
        private int[] _tokens = [];

        public override void AddTo(SequenceSet set, ReadOnlySpan<float> labels, float weight)
        {
            int length = _getter(ref _tokens);
            ReadOnlySpan<int> tokens = _tokens.AsSpan(0, length);
            for (int t = 0; t < tokens.Length; t++)
            {
                if (tokens[t] >= column.Tokens)
                {
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Feature column '{column.Name}': row {row.Position}, step {t} (counted from 0) holds key {tokens[t]}, " +
                        $"beyond the {column.Tokens - 1} of its type."));
                }
            }
            set.Add(tokens, labels, weight);
        }

        public override int CountSteps() => _getter(ref _tokens);
    }
}
