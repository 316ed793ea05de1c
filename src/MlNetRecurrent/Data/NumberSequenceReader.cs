namespace MlNetRecurrent.Data;

/// <summary>Reads sequences of numbers.</summary>
internal sealed class NumberSequenceReader(DataViewRow row, DataViewSchema.Column found, SequenceColumn column) : SequenceFieldReader
{
    private readonly VectorReader _reader = new(row, found, "Feature column");

    public override int? Steps => _reader.Current.Length / column.Features;

    public override int CountSteps() => _reader.ReadLength() / column.Features;

    public override void Read()
    {
        _reader.Read();
        Check();
    }

    public override bool TryReadWindow()
    {
        if (IncompleteWindow.IsIn(_reader.Read()))
            return false;
        Check();
        return true;
    }

    public override void AddTo(SequenceSet set) => set.AddField(_reader.Current);

    private void Check()
    {
        ReadOnlySpan<float> values = _reader.Current;
        _reader.ThrowIfPartOfStep(values.Length, column.Features);
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw KeptRow.Mark(ReportNotFinite(i, values[i]));
        }
    }

    private InvalidOperationException ReportNotFinite(int index, float value) => NotFinite.Feature(
        FormattableString.Invariant($"Feature column '{column.Name}': row {row.Position}, step {index / column.Features}, ")
        + FormattableString.Invariant($"feature {index % column.Features} (all counted from 0){SlotNames.Quote(found, index)}"),
        value);
}
